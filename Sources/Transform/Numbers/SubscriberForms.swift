import CallRecords

/// The other forms of a subscriber's number, in countries that changed their numbers or in which mobiles are dialled
/// differently from abroad. A contact is found under all of them; the number shown remains as it was written.
///
/// Only changes that can be reversed digit by digit are listed: both forms identify the same subscriber and no other.
enum SubscriberForms {
    /// The other forms of a number; empty if its country has only one form.
    static func others(of number: PhoneNumber) -> [PhoneNumber] {
        let digits = String(number.digits)
        for (code, forms) in countries where digits.hasPrefix(code) {
            return forms(digits.dropFirst(code.count)).compactMap {
                UInt64(code + $0).flatMap(PhoneNumber.init(digits:))
            }
        }
        return []
    }

    /// From a national significant number to its other forms.
    private typealias Forms = @Sendable (_ national: Substring) -> [String]

    private static let countries: [(code: String, forms: Forms)] = [
        ("55", brazil), ("54", argentina), ("52", mexico), ("229", benin), ("225", ivoryCoast), ("237", cameroon),
        ("230", mauritius), ("57", colombia), ("56", chile), ("593", ecuador), ("84", vietnam),
    ]

    /// Mobiles got a 9 before their eight digits, which began with 6 to 9 (Anatel, resolution 553/2010).
    private static let brazil: Forms = { national in
        let (area, rest) = (national.prefix(2), national.dropFirst(2))
        if rest.count == 8, "6"..."9" ~= rest.first ?? " " { return ["\(area)9\(rest)"] }
        if rest.count == 9, rest.first == "9", "6"..."9" ~= rest.dropFirst().first ?? " " {
            return ["\(area)\(rest.dropFirst())"]
        }
        return []
    }

    /// Mobiles have a 9 before the area code when dialled from abroad, and 15 after it domestically.
    private static let argentina: Forms = { national in
        switch national.count {
        case 11 where national.first == "9": return ["\(national.dropFirst())"]
        case 10 where national.first != "9": return ["9\(national)"]
        case 12 where national.first != "9":
            for length in 2...4 where national.dropFirst(length).hasPrefix("15") {
                let plain = "\(national.prefix(length))\(national.dropFirst(length + 2))"
                return [plain, "9\(plain)"]
            }
            return []
        default: return []
        }
    }

    /// Mobiles had a 1 when dialled from abroad, until 2019 (IFT).
    private static let mexico: Forms = { national in
        switch national.count {
        case 11 where national.first == "1": ["\(national.dropFirst())"]
        case 10: ["1\(national)"]
        default: []
        }
    }

    /// 01 before all eight-digit numbers since 30 November 2024 (ARCEP Benin).
    private static let benin: Forms = { national in
        switch national.count {
        case 8: ["01\(national)"]
        case 10 where national.hasPrefix("01"): ["\(national.dropFirst(2))"]
        default: []
        }
    }

    /// Two digits for the operator before all eight since 31 January 2021 (ARTCI): for mobiles by their second digit,
    /// for fixed lines by their third.
    private static let ivoryCoast: Forms = { national in
        if national.count == 10, ["01", "05", "07", "21", "25", "27"].contains(national.prefix(2)) {
            return ["\(national.dropFirst(2))"]
        }
        guard national.count == 8 else { return [] }
        let digits = Array(national)
        if digits[0] == "2" || digits[0] == "3" {
            return ["\(digits[2] == "8" ? "21" : digits[2] == "0" ? "25" : "27")\(national)"]
        }
        switch digits[1] {
        case "0"..."3": return ["01\(national)"]
        case "4"..."6": return ["05\(national)"]
        default: return ["07\(national)"]
        }
    }

    /// 6 before mobiles and 2 before fixed lines since 21 November 2014 (ART).
    private static let cameroon: Forms = { national in
        let second = national.dropFirst().first ?? " "
        switch (national.count, national.first) {
        case (8, "2"), (8, "3"): return ["2\(national)"]
        case (8, "5"), (8, "6"), (8, "7"), (8, "8"), (8, "9"): return ["6\(national)"]
        case (9, "2") where second == "2" || second == "3": return ["\(national.dropFirst())"]
        case (9, "6") where "5"..."9" ~= second: return ["\(national.dropFirst())"]
        default: return []
        }
    }

    /// 5 before mobiles since 1 September 2013 (ICTA); of these, only numbers beginning with 7 or 9 had not been fixed
    /// lines before.
    private static let mauritius: Forms = { national in
        switch (national.count, national.first) {
        case (7, "7"), (7, "9"): ["5\(national)"]
        case (8, "5") where "79".contains(national.dropFirst().first ?? " "): ["\(national.dropFirst())"]
        default: []
        }
    }

    /// 60 before fixed lines since 1 September 2021 (CRC, resolution 5826).
    private static let colombia: Forms = { national in
        switch national.count {
        case 8 where "12345678".contains(national.first ?? " "): ["60\(national)"]
        case 10 where national.hasPrefix("60"): ["\(national.dropFirst(2))"]
        default: []
        }
    }

    /// Santiago's lines got a 2 before their seven digits in 2012 (Subtel).
    private static let chile: Forms = { national in
        switch national.count {
        case 8 where national.first == "2": ["2\(national)"]
        case 9 where national.hasPrefix("22"): ["\(national.dropFirst())"]
        default: []
        }
    }

    /// Mobiles got a 9 before 8 and 9 on 30 September 2012 (Conatel).
    private static let ecuador: Forms = { national in
        switch national.count {
        case 8 where national.first == "8" || national.first == "9": ["9\(national)"]
        case 9 where national.hasPrefix("98") || national.hasPrefix("99"): ["\(national.dropFirst())"]
        default: []
        }
    }

    /// Mobiles of eleven digits, including the trunk prefix, lost one in 2018 (Ministry of Information and
    /// Communications).
    private static let vietnam: Forms = { national in
        if national.count == 10, let new = vietnamese.first(where: { national.hasPrefix($0.old) })?.new {
            return ["\(new)\(national.dropFirst(3))"]
        }
        if national.count == 9, let old = vietnamese.first(where: { national.hasPrefix($0.new) })?.old {
            return ["\(old)\(national.dropFirst(2))"]
        }
        return []
    }

    private static let vietnamese: [(old: String, new: String)] = [
        ("162", "32"), ("163", "33"), ("164", "34"), ("165", "35"), ("166", "36"), ("167", "37"), ("168", "38"),
        ("169", "39"), ("120", "70"), ("121", "79"), ("122", "77"), ("126", "76"), ("128", "78"), ("123", "83"),
        ("124", "84"), ("125", "85"), ("127", "81"), ("129", "82"), ("186", "56"), ("188", "58"), ("199", "59"),
    ]
}
