// A plain C interface to Google's libphonenumber, which is C++ and whose headers Swift's importer cannot read. It takes
// bytes and fills in the caller's structure; no C++ type and no exception crosses it. Every function may be called from
// several threads at once, as the library's own instance may.

#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The result of a call.
typedef enum {
    CPN_OK = 0,
    /// The text holds no digits that could be a number.
    CPN_NOT_A_NUMBER,
    /// The number is written as an international one, but no such country calling code exists; or it is written as a
    /// national one and no region was given.
    CPN_INVALID_COUNTRY_CODE,
    CPN_TOO_SHORT,
    CPN_TOO_LONG,
    /// The library has no metadata for the region.
    CPN_UNKNOWN_REGION,
    /// The library threw, most likely because memory ran out.
    CPN_FAILED,
} cpn_status;

/// The kind of service that a number belongs to, by the metadata of its region.
typedef enum {
    CPN_FIXED_LINE = 0,
    CPN_MOBILE,
    /// In the region numbers do not tell the two apart, as in North America.
    CPN_FIXED_LINE_OR_MOBILE,
    CPN_TOLL_FREE,
    CPN_PREMIUM_RATE,
    CPN_SHARED_COST,
    CPN_VOIP,
    CPN_PERSONAL_NUMBER,
    CPN_PAGER,
    CPN_UNIVERSAL_ACCESS,
    CPN_VOICEMAIL,
    CPN_UNKNOWN_TYPE,
} cpn_type;

/// One number, as the library understood it.
typedef struct {
    /// Country calling code and national significant number as one decimal integer: +7 916 123-45-67 is 79161234567.
    /// At most 15 digits by E.164; a country calling code never begins with 0, so no digit is lost.
    uint64_t e164;
    uint16_t country_code;
    /// Digits of the national significant number, leading zeros (Italy) included.
    uint8_t national_length;
    /// Whether it matches a pattern of its region.
    bool valid;
    /// Whether its length, including the area code, occurs in its region. Numbers newer than the library's metadata are
    /// possible, but not valid.
    bool possible;
    /// CPN_UNKNOWN_TYPE if it was not requested.
    cpn_type type;
    /// ISO 3166-1 alpha-2, NUL-terminated; "001" for numbers of no country (+800, +883), empty if the number is not
    /// valid. Without `wants_type`, the given region if the number is valid there, even if it belongs to another one
    /// too.
    char region[4];
} cpn_number;

/// Reads `text` as a number written by somebody in `region`: with a plus, with the region's international or national
/// prefix, or without any.
///
/// @param text    bytes, UTF-8, need not be NUL-terminated; more than 250 are CPN_TOO_LONG.
/// @param region  ISO 3166-1 alpha-2 in capitals, NUL-terminated; "ZZ" for none: then the number needs a plus.
/// @param wants_type  whether `type` is wanted, which costs about as much as everything else.
/// @param number  filled in if the result is CPN_OK, zeroed otherwise.
cpn_status cpn_parse(const uint8_t *text, size_t length, const char *region, bool wants_type, cpn_number *number);

/// What `cpn_number.valid` would be for the number with this country calling code and this national significant number
/// (without leading zeros), if asked from `region`. No digits are parsed, which saves three quarters of the work of
/// `cpn_parse`.
bool cpn_is_valid(uint16_t country_code, uint64_t national, const char *region);

/// Whether `text`, dialled in `region`, is the number of an emergency service.
bool cpn_is_emergency(const uint8_t *text, size_t length, const char *region);

/// What a call to a short number costs, by the metadata of its region.
typedef enum {
    /// It is not a short number of the region.
    CPN_COST_NONE = 0,
    CPN_COST_FREE,
    CPN_COST_STANDARD,
    CPN_COST_PREMIUM,
    /// It is a short number, but the metadata does not give its cost.
    CPN_COST_UNKNOWN,
} cpn_cost;

/// The cost of a call to `text`, dialled in `region`, if it is a short number such as 11833 or 3949.
cpn_cost cpn_short_number_cost(const uint8_t *text, size_t length, const char *region);

/// The country calling code of `region`, 0 if the library does not know the region.
uint16_t cpn_country_code(const char *region);

/// Writes the national (trunk) prefix of `region` ("8" in RU, "0" in DE, none in ES), NUL-terminated, into `buffer`.
///
/// @returns its length without the NUL; 0 also if the region is unknown or the buffer is too small.
size_t cpn_national_prefix(const char *region, char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
