// What whorl does, by the packages that one would take for it: encoding/json, x/text and an xxhash
// (cespare's, XXH64: Debian has no XXH3 for Go). Reads a catalog and records from stdin, writes
// a row of bytes each. Simpler than whorl: of the steps only nfc and trim, for every text; numbers
// as strconv writes them; nothing is checked but the grammar.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/cespare/xxhash"
	"golang.org/x/text/unicode/norm"
)

// A signal of a tier is a part of identity 0 (exact) and of those up to the tier's number.
var tiers = map[string]int{"exact": 0, "build": 1, "install": 2, "device": 3, "volatile": -1}

type signal struct {
	name     string
	pointers [][]string
	group    int
	tier     int
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func pointer(cell string) []string {
	return strings.Split(strings.NewReplacer("~1", "\x00", "~0", "~").Replace(cell), "/")[1:]
}

func readCatalog(path string) ([]signal, int) {
	text, err := os.ReadFile(path)
	check(err)
	var signals []signal
	groups := map[string]int{}
	for _, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) < 2 || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "@") {
			continue
		}
		tokens := pointer(cells[1])
		for i, token := range tokens {
			tokens[i] = strings.ReplaceAll(token, "\x00", "/")
		}
		if cells[0] == "" {
			last := &signals[len(signals)-1]
			last.pointers = append(last.pointers, tokens)
			continue
		}
		if _, known := groups[cells[2]]; !known {
			groups[cells[2]] = len(groups)
		}
		signals = append(signals, signal{cells[0], [][]string{tokens}, groups[cells[2]], tiers[cells[3]]})
	}
	return signals, len(groups)
}

func isMarker(value interface{}) bool {
	members, isObject := value.(map[string]interface{})
	if !isObject || len(members) != 1 {
		return false
	}
	_, marked := members["error"]
	return marked
}

func find(value interface{}, tokens []string) (interface{}, bool) {
	for _, token := range tokens {
		if isMarker(value) {
			return value, true
		}
		switch inner := value.(type) {
		case map[string]interface{}:
			member, present := inner[token]
			if !present {
				return nil, false
			}
			value = member
		case []interface{}:
			index, err := strconv.Atoi(token)
			if err != nil || index >= len(inner) {
				return nil, false
			}
			value = inner[index]
		default:
			return nil, false
		}
	}
	return value, true
}

func appendText(out []byte, text string) []byte {
	const hex = "0123456789abcdef"
	text = norm.NFC.String(strings.TrimSpace(text))
	out = append(out, '"')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c >= ' ':
			out = append(out, c)
		case strings.IndexByte("\b\f\n\r\t", c) >= 0:
			out = append(out, '\\', "bfnrt"[strings.IndexByte("\b\f\n\r\t", c)])
		default:
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(out, '"')
}

func appendValue(out []byte, value interface{}) []byte {
	switch value := value.(type) {
	case nil:
		return append(out, "null"...)
	case bool:
		return strconv.AppendBool(out, value)
	case float64:
		if value == float64(int64(value)) {
			return strconv.AppendInt(out, int64(value), 10)
		}
		return strconv.AppendFloat(out, value, 'g', -1, 64)
	case string:
		return appendText(out, value)
	case []interface{}:
		out = append(out, '[')
		for i, item := range value {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendValue(out, item)
		}
		return append(out, ']')
	}
	members := value.(map[string]interface{})
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	out = append(out, '{')
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendText(out, name), ':')
		out = appendValue(out, members[name])
	}
	return append(out, '}')
}

func main() {
	signals, groups := readCatalog(os.Args[1])
	input := bufio.NewReaderSize(os.Stdin, 8<<20)
	output := bufio.NewWriterSize(os.Stdout, 1<<18)
	defer output.Flush()
	folds := make([]*xxhash.Digest, 4+groups)
	for i := range folds {
		folds[i] = xxhash.New()
	}
	var row, text []byte
	var big [8]byte
	for {
		line, err := input.ReadSlice('\n')
		if err == io.EOF {
			return
		}
		check(err)
		var record map[string]interface{}
		check(json.Unmarshal(line, &record))
		row = row[:0]
		text = appendValue(text[:0], record["event_id"])
		row = binary.BigEndian.AppendUint64(row, xxhash.Sum64(text))
		for _, fold := range folds {
			fold.Reset()
		}
		for i := range signals {
			signal := &signals[i]
			var value interface{}
			present := false
			for _, tokens := range signal.pointers {
				if value, present = find(record["signals"], tokens); present {
					break
				}
			}
			if !present {
				row = append(row, 0, 0, 0, 0, 0, 0, 0, 0)
				continue
			}
			text = append(text[:0], signal.name...)
			if isMarker(value) {
				text = append(text, '!')
			} else {
				text = appendValue(append(text, '='), value)
			}
			hash := xxhash.Sum64(text)
			row = binary.LittleEndian.AppendUint64(row, hash)
			binary.BigEndian.PutUint64(big[:], hash)
			if signal.tier >= 0 {
				folds[4+signal.group].Write(big[:])
			}
			for identity := 0; identity <= signal.tier; identity++ {
				folds[identity].Write(big[:])
			}
		}
		for _, fold := range folds {
			row = binary.LittleEndian.AppendUint64(row, fold.Sum64())
		}
		_, err = output.Write(row)
		check(err)
	}
}
