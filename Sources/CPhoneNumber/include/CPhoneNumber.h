// A plain C face over Google's libphonenumber, which is C++ and whose headers Swift's importer cannot read.
// Bytes in, the caller's structure out; no C++ type and no exception crosses this line. Every function may be
// called from several threads at once, as the library's own instance may.

#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What became of a call into this face.
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
    /// The library threw, most likely for want of memory.
    CPN_FAILED,
} cpn_status;

/// What kind of service answers at a number, by the metadata of its region.
typedef enum {
    CPN_FIXED_LINE = 0,
    CPN_MOBILE,
    /// The region does not tell the two apart by number, as in North America.
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
    /// It fits a pattern of its region.
    bool valid;
    /// It has a length that numbers of its region have, area code included. Numbers newer than the library's metadata
    /// are possible, but not valid.
    bool possible;
    /// CPN_UNKNOWN_TYPE when it was not wanted.
    cpn_type type;
    /// ISO 3166-1 alpha-2, NUL-terminated; "001" for numbers of no country (+800, +883), empty when the number is not valid.
    /// Without `wants_type`, the region that was asked where the number is valid there, though it may be another's too.
    char region[4];
} cpn_number;

/// Reads `text` as a number written by somebody in `region`: with a plus, with the region's international or national
/// prefix, or without either.
///
/// @param text    bytes, UTF-8, need not be NUL-terminated; more than 250 are CPN_TOO_LONG.
/// @param region  ISO 3166-1 alpha-2 in capitals, NUL-terminated; "ZZ" for none: then only a plus makes a number.
/// @param wants_type  whether `type` is wanted, which costs about as much as everything else.
/// @param number  filled in when the result is CPN_OK, zeroed otherwise.
cpn_status cpn_parse(const uint8_t *text, size_t length, const char *region, bool wants_type, cpn_number *number);

/// As `cpn_number.valid` of the number that a country calling code and a national significant number without leading zeros
/// make, asked by somebody in `region`. No digits are parsed, which is three quarters of the work of `cpn_parse`.
bool cpn_is_valid(uint16_t country_code, uint64_t national, const char *region);

/// Whether `text`, dialled in `region`, is the number of an emergency service.
bool cpn_is_emergency(const uint8_t *text, size_t length, const char *region);

/// What a call to a short number costs, by the metadata of its region.
typedef enum {
    /// It is no short number of the region.
    CPN_COST_NONE = 0,
    CPN_COST_FREE,
    CPN_COST_STANDARD,
    CPN_COST_PREMIUM,
    /// It is a short number, and the metadata does not say.
    CPN_COST_UNKNOWN,
} cpn_cost;

/// What a call to `text`, dialled in `region`, costs if it is a short number such as 11833 or 3949.
cpn_cost cpn_short_number_cost(const uint8_t *text, size_t length, const char *region);

/// The country calling code of `region`, 0 for a region unknown to the library.
uint16_t cpn_country_code(const char *region);

/// Writes the national (trunk) prefix of `region` ("8" in RU, "0" in DE, none in ES), NUL-terminated, into `buffer`.
///
/// @returns its length without the NUL; 0 also when the region is unknown or the buffer is too small.
size_t cpn_national_prefix(const char *region, char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
