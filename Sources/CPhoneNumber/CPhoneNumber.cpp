#include "CPhoneNumber.h"

#include <cstring>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace {

// The library's default logger writes to stdout, where only results belong.
PhoneNumberUtil &util() {
    static PhoneNumberUtil &quiet = []() -> PhoneNumberUtil & {
        PhoneNumberUtil *instance = PhoneNumberUtil::GetInstance();
        instance->SetLogger(new NullLogger());
        return *instance;
    }();
    return quiet;
}

const ShortNumberInfo &short_numbers() {
    static const ShortNumberInfo info;
    return info;
}

cpn_status status(PhoneNumberUtil::ErrorType error) {
    switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return CPN_OK;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return CPN_INVALID_COUNTRY_CODE;
    case PhoneNumberUtil::NOT_A_NUMBER: return CPN_NOT_A_NUMBER;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return CPN_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN: return CPN_TOO_LONG;
    }
    return CPN_NOT_A_NUMBER;
}

cpn_type type(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return CPN_FIXED_LINE;
    case PhoneNumberUtil::MOBILE: return CPN_MOBILE;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return CPN_FIXED_LINE_OR_MOBILE;
    case PhoneNumberUtil::TOLL_FREE: return CPN_TOLL_FREE;
    case PhoneNumberUtil::PREMIUM_RATE: return CPN_PREMIUM_RATE;
    case PhoneNumberUtil::SHARED_COST: return CPN_SHARED_COST;
    case PhoneNumberUtil::VOIP: return CPN_VOIP;
    case PhoneNumberUtil::PERSONAL_NUMBER: return CPN_PERSONAL_NUMBER;
    case PhoneNumberUtil::PAGER: return CPN_PAGER;
    case PhoneNumberUtil::UAN: return CPN_UNIVERSAL_ACCESS;
    case PhoneNumberUtil::VOICEMAIL: return CPN_VOICEMAIL;
    case PhoneNumberUtil::UNKNOWN: return CPN_UNKNOWN_TYPE;
    }
    return CPN_UNKNOWN_TYPE;
}

// The region where a number is valid, "ZZ" if there is none. IsValidNumber asks for the region as well, and every such
// question runs a dozen regular expressions, so the caller's own region, to which most numbers belong, can be checked
// first.
std::string home_of(const PhoneNumber &number, const std::string &from, bool asks_from_first) {
    const PhoneNumberUtil &library = util();
    if (asks_from_first && from != "ZZ" && library.IsValidNumberForRegion(number, from)) return from;
    std::string home;
    library.GetRegionCodeForNumber(number, &home);
    return home != "ZZ" && library.IsValidNumberForRegion(number, home) ? home : "ZZ";
}

}  // namespace

cpn_status cpn_parse(const uint8_t *text, size_t length, const char *region, bool wants_type, cpn_number *number) {
    std::memset(number, 0, sizeof *number);
    if (text == nullptr || length == 0) return CPN_NOT_A_NUMBER;
    if (length > 250) return CPN_TOO_LONG;
    try {
        const PhoneNumberUtil &library = util();
        const std::string from(region);
        if (from != "ZZ" && library.GetCountryCodeForRegion(from) == 0) return CPN_UNKNOWN_REGION;

        PhoneNumber parsed;
        const std::string written(reinterpret_cast<const char *>(text), length);
        const cpn_status outcome = status(library.Parse(written, from, &parsed));
        if (outcome != CPN_OK) return outcome;

        std::string national;
        library.GetNationalSignificantNumber(parsed, &national);
        const std::string digits = std::to_string(parsed.country_code()) + national;
        if (digits.size() > 15) return CPN_TOO_LONG;

        uint64_t e164 = 0;
        for (const char digit : digits) {
            if (digit < '0' || digit > '9') return CPN_NOT_A_NUMBER;
            e164 = e164 * 10 + static_cast<uint64_t>(digit - '0');
        }
        number->e164 = e164;
        number->country_code = static_cast<uint16_t>(parsed.country_code());
        number->national_length = static_cast<uint8_t>(national.size());
        const std::string home = home_of(parsed, from, !wants_type);
        number->valid = home != "ZZ";
        number->possible =
            number->valid || library.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil::IS_POSSIBLE;
        number->type = CPN_UNKNOWN_TYPE;
        if (number->valid) {
            if (wants_type) number->type = type(library.GetNumberType(parsed));
            if (home.size() < sizeof number->region) {
                std::memcpy(number->region, home.c_str(), home.size() + 1);
            }
        }
        return CPN_OK;
    } catch (...) {
        std::memset(number, 0, sizeof *number);
        return CPN_FAILED;
    }
}

bool cpn_is_valid(uint16_t country_code, uint64_t national, const char *region) {
    try {
        PhoneNumber number;
        number.set_country_code(country_code);
        number.set_national_number(national);
        return home_of(number, region, true) != "ZZ";
    } catch (...) {
        return false;
    }
}

bool cpn_is_emergency(const uint8_t *text, size_t length, const char *region) {
    if (text == nullptr || length == 0 || length > 250) return false;
    try {
        util();
        const std::string dialled(reinterpret_cast<const char *>(text), length);
        return short_numbers().IsEmergencyNumber(dialled, region);
    } catch (...) {
        return false;
    }
}

cpn_cost cpn_short_number_cost(const uint8_t *text, size_t length, const char *region) {
    if (text == nullptr || length == 0 || length > 250) return CPN_COST_NONE;
    try {
        PhoneNumber parsed;
        const std::string dialled(reinterpret_cast<const char *>(text), length);
        if (util().Parse(dialled, region, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) return CPN_COST_NONE;
        if (!short_numbers().IsValidShortNumberForRegion(parsed, region)) return CPN_COST_NONE;
        switch (short_numbers().GetExpectedCostForRegion(parsed, region)) {
            case ShortNumberInfo::TOLL_FREE: return CPN_COST_FREE;
            case ShortNumberInfo::STANDARD_RATE: return CPN_COST_STANDARD;
            case ShortNumberInfo::PREMIUM_RATE: return CPN_COST_PREMIUM;
            default: return CPN_COST_UNKNOWN;
        }
    } catch (...) {
        return CPN_COST_NONE;
    }
}

uint16_t cpn_country_code(const char *region) {
    try {
        return static_cast<uint16_t>(util().GetCountryCodeForRegion(region));
    } catch (...) {
        return 0;
    }
}

size_t cpn_national_prefix(const char *region, char *buffer, size_t capacity) {
    try {
        std::string prefix;
        util().GetNddPrefixForRegion(region, true, &prefix);
        if (prefix.empty() || prefix.size() >= capacity) return 0;
        std::memcpy(buffer, prefix.c_str(), prefix.size() + 1);
        return prefix.size();
    } catch (...) {
        return 0;
    }
}
