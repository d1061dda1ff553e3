/* Lets jsmn tokenize each line, and does nothing else: what parsing alone costs, without the
 * checks that jsmn leaves out. */
#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#include <jsmn.h>
#include <stdio.h>

static jsmntok_t tokens[300000];

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    long sum = 0;

    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0;) {
        jsmn_parser parser;
        jsmn_init(&parser);
        sum += jsmn_parse(&parser, line, n, tokens, 300000);
    }
    return sum < 0;
}
