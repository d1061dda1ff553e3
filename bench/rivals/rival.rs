// What whorl does, by the crates that one would take for it: serde_json, unicode-normalization
// and xxhash-rust (XXH3). Reads a catalog and records from stdin, writes a row of bytes each.
// Simpler than whorl: of the steps only nfc and trim, for every text; numbers as serde_json writes
// them; nothing is checked but the grammar.
use serde_json::Value;
use std::io::{BufRead, BufWriter, Write};
use unicode_normalization::{is_nfc_quick, IsNormalized, UnicodeNormalization};
use xxhash_rust::xxh3::{xxh3_128, xxh3_64, Xxh3};

// Of each tier: the first of the identities exact, build, install, device whose part it is, and
// that all before it share.
const TIERS: [&str; 5] = ["exact", "build", "install", "device", "volatile"];
const VOLATILE: usize = 4;

struct Signal {
    name: String,
    pointers: Vec<Vec<String>>,
    group: usize,
    tier: usize,
}

fn pointer(cell: &str) -> Vec<String> {
    cell.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect()
}

fn read_catalog(path: &str) -> (Vec<Signal>, usize) {
    let text = std::fs::read_to_string(path).expect("a catalog");
    let mut signals: Vec<Signal> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with(['#', '@'])) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 2 {
            continue;
        }
        if cells[0].is_empty() {
            signals.last_mut().expect("a row").pointers.push(pointer(cells[1]));
            continue;
        }
        let group = groups.iter().position(|&name| name == cells[2]).unwrap_or_else(|| {
            groups.push(cells[2]);
            groups.len() - 1
        });
        signals.push(Signal {
            name: cells[0].to_string(),
            pointers: vec![pointer(cells[1])],
            group,
            tier: TIERS.iter().position(|&tier| tier == cells[3]).expect("a tier"),
        });
    }
    (signals, groups.len())
}

fn is_marker(value: &Value) -> bool {
    matches!(value, Value::Object(members) if members.len() == 1 && members.contains_key("error"))
}

fn find<'a>(signals: &'a Value, pointer: &[String]) -> Option<&'a Value> {
    let mut value = signals;
    for token in pointer {
        if is_marker(value) {
            return Some(value);
        }
        value = match value {
            Value::Object(members) => members.get(token.as_str())?,
            Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    let text = text.trim();
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        serde_json::to_writer(out, text).unwrap();
    } else {
        serde_json::to_writer(out, &text.nfc().collect::<String>()).unwrap();
    }
}

// Names come sorted: serde_json keeps an object in a BTreeMap.
fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_value(item, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                serde_json::to_writer(&mut *out, name).unwrap();
                out.push(b':');
                write_value(member, out);
            }
            out.push(b'}');
        }
        _ => serde_json::to_writer(out, value).unwrap(),
    }
}

fn main() {
    let (signals, groups) = read_catalog(&std::env::args().nth(1).expect("a catalog"));
    let mut input = std::io::BufReader::with_capacity(1 << 20, std::io::stdin().lock());
    let mut output = BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
    let (mut line, mut text, mut row) = (Vec::new(), Vec::new(), Vec::new());
    let mut folds: Vec<Xxh3> = (0..4 + groups).map(|_| Xxh3::new()).collect();

    while input.read_until(b'\n', &mut line).expect("input") > 0 {
        let record: Value = serde_json::from_slice(&line).expect("a record");
        row.clear();
        text.clear();
        write_value(&record["event_id"], &mut text);
        row.extend_from_slice(&xxh3_128(&text).to_be_bytes());
        folds.iter_mut().for_each(Xxh3::reset);
        for signal in &signals {
            let found = signal.pointers.iter().find_map(|p| find(&record["signals"], p));
            let Some(value) = found else {
                row.extend_from_slice(&[0; 8]);
                continue;
            };
            text.clear();
            text.extend_from_slice(signal.name.as_bytes());
            if is_marker(value) {
                text.push(b'!');
            } else {
                text.push(b'=');
                write_value(value, &mut text);
            }
            let hash = xxh3_64(&text);
            row.extend_from_slice(&hash.to_le_bytes());
            if signal.tier != VOLATILE {
                folds[4 + signal.group].update(&hash.to_be_bytes());
                folds[..=signal.tier].iter_mut().for_each(|fold| fold.update(&hash.to_be_bytes()));
            }
        }
        folds[..4].iter().for_each(|fold| row.extend_from_slice(&fold.digest128().to_be_bytes()));
        folds[4..].iter().for_each(|fold| row.extend_from_slice(&fold.digest().to_le_bytes()));
        output.write_all(&row).expect("output");
        line.clear();
    }
}
