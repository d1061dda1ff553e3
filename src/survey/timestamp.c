#include "config.h"

#include "survey/timestamp.h"

#include "base/ascii.h"

#define SECONDS_BELOW 100000000000 /* the year 5138, or in milliseconds 1973 */

/* Cut exactly COUNT digits off *TEXT. False if they are not there. */
static bool take_digits(struct span *text, size_t count, int *number)
{
    *number = 0;
    if (text->n < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!ascii_is_digit(text->p[i]))
            return false;
        *number = *number * 10 + (text->p[i] - '0');
    }
    *text = span_cut(*text, count, text->n);
    return true;
}

/* Cut C off *TEXT, if it begins with it. */
static bool take_byte(struct span *text, unsigned char c)
{
    if (!text->n || text->p[0] != c)
        return false;
    *text = span_cut(*text, 1, text->n);
    return true;
}

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar, by years that begin in
 * March. */
static int64_t day_number(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool is_date(int year, int month, int day)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

/* Read a fraction of a second, three digits of it; further digits are cut. */
static bool take_fraction(struct span *text, int *milliseconds)
{
    size_t n = 0;

    *milliseconds = 0;
    for (; n < text->n && ascii_is_digit(text->p[n]); n++)
        if (n < 3)
            *milliseconds = *milliseconds * 10 + (text->p[n] - '0');
    for (size_t i = n; i < 3; i++)
        *milliseconds *= 10;
    *text = span_cut(*text, n, text->n);
    return n > 0;
}

/* Read the time of day, which begins with T or a space, into *TIME. */
static bool take_clock(struct span *text, int64_t *time)
{
    int hour, minute, second = 0, milliseconds = 0;

    *text = span_cut(*text, 1, text->n);
    if (!take_digits(text, 2, &hour) || !take_byte(text, ':') ||
        !take_digits(text, 2, &minute) || hour > 24 || minute > 59)
        return false;
    if (take_byte(text, ':') && (!take_digits(text, 2, &second) || second > 60))
        return false;
    if (take_byte(text, '.') && !take_fraction(text, &milliseconds))
        return false;
    if (hour == 24 && (minute || second || milliseconds))
        return false;
    *time += ((int64_t)hour * 3600 + minute * 60 + second) * 1000 + milliseconds;
    return true;
}

/* Read Z, +hh:mm or +hhmm, and take it off *TIME. */
static bool take_zone(struct span *text, int64_t *time)
{
    int hours, minutes;
    bool west = text->p[0] == '-';

    if (take_byte(text, 'Z'))
        return true;
    if (!west && text->p[0] != '+')
        return false;
    *text = span_cut(*text, 1, text->n);
    if (!take_digits(text, 2, &hours))
        return false;
    take_byte(text, ':');
    if (!take_digits(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    int64_t offset = ((int64_t)hours * 60 + minutes) * 60000;
    *time += west ? offset : -offset;
    return true;
}

static bool read_date(int64_t *time, struct span text)
{
    int year, month, day;

    if (!take_digits(&text, 4, &year) || !take_byte(&text, '-') ||
        !take_digits(&text, 2, &month) || !take_byte(&text, '-') ||
        !take_digits(&text, 2, &day) || !is_date(year, month, day))
        return false;
    *time = day_number(year, month, day) * 86400000;
    if (text.n && (text.p[0] == 'T' || text.p[0] == ' ') && !take_clock(&text, time))
        return false;
    if (text.n && !take_zone(&text, time))
        return false;
    return !text.n;
}

/* Read digits, and a fraction or none. */
static bool read_count(int64_t *time, struct span text)
{
    int64_t whole = 0;
    int milliseconds = 0;
    size_t n = 0;

    for (; n < text.n && ascii_is_digit(text.p[n]) && n < 16; n++)
        whole = whole * 10 + (text.p[n] - '0');
    text = span_cut(text, n, text.n);
    if (!n || (take_byte(&text, '.') && !take_fraction(&text, &milliseconds)) || text.n)
        return false;
    *time = whole < SECONDS_BELOW ? whole * 1000 + milliseconds : whole;
    return true;
}

bool timestamp_read(int64_t *time, struct span text)
{
    return read_date(time, text) || read_count(time, text);
}
