#include "config.h"

#include "cmd/options_row.h"

#define HELP_COLUMN 28

void options_help(struct buf *out)
{
    buf_puts(out, "Usage: whorl [OPTION]... [FILE]...\n"
                  "Turn records of raw browser signals, one JSON object per line, into\n"
                  "identification vectors. Without FILE, or if FILE is -, read standard "
                  "input.\n\n");
    for (size_t i = 0; i < OPTIONS_ROWS; i++) {
        size_t start = out->n;
        const char letter[] = {'-', options_table[i].letter, ',', ' ', 0};
        buf_puts(out, "  ");
        buf_puts(out, options_table[i].letter ? letter : "    ");
        buf_puts(out, "--");
        buf_puts(out, options_table[i].name);
        if (options_table[i].argument) {
            if (options_table[i].argument[0] != '[')
                buf_putc(out, '=');
            buf_puts(out, options_table[i].argument);
        }
        do
            buf_putc(out, ' ');
        while (!out->failed && out->n - start < HELP_COLUMN);
        for (const char *c = options_table[i].help; *c; c++) {
            buf_putc(out, (unsigned char)*c);
            for (int pad = 0; *c == '\n' && pad < HELP_COLUMN; pad++)
                buf_putc(out, ' ');
        }
        buf_putc(out, '\n');
    }
    buf_puts(out,
             "\nExit status: 0 every record was written; 1 some were rejected; 2 failure.\n"
             "With --diff: 0 no difference; 1 differences; 2 failure.\n"
             "With --match: 0 every record was decided; 1 some were not; 2 failure.\n"
             "The manual is whorl(1).\n");
}
