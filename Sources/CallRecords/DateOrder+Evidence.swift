public import Base

extension DateOrder {
    /// What one text shows about the order.
    public enum Evidence: Sendable {
        /// It is not a date and time of this form.
        case none
        /// Both orders are possible.
        case either
        /// Only this order is possible.
        case only(DateOrder)
    }

    /// What a text shows about the order.
    public static func evidence(of text: UnsafeBufferPointer<UInt8>) -> Evidence {
        let dayFirst = CivilTime(dated: text, .dayFirst) != nil
        let monthFirst = CivilTime(dated: text, .monthFirst) != nil
        switch (dayFirst, monthFirst) {
        case (true, true): return .either
        case (true, false): return .only(.dayFirst)
        case (false, true): return .only(.monthFirst)
        case (false, false): return .none
        }
    }
}

extension RawTime {
    /// Like ``init(parsing:)``, but also accepts days and months in this order: `11/23/2026 9:10`, `23-11-2026
    /// 09:10:00`, `11/23/2026, 9:10:05 AM`.
    public init?(parsing text: UnsafeBufferPointer<UInt8>, order: DateOrder) {
        if let time = RawTime(parsing: text) {
            self = time
        } else if let civil = CivilTime(dated: text, order) {
            self = .wall(civil.secondsSince1970)
        } else {
            return nil
        }
    }
}

extension CivilTime {
    /// A date with slashes or hyphens whose year comes last, and a time of day.
    fileprivate init?(dated text: UnsafeBufferPointer<UInt8>, _ order: DateOrder) {
        var cursor = ByteCursor(text)
        guard order != .auto, let first = cursor.digits(1...2),
            let separator = [UInt8(ascii: "/"), UInt8(ascii: "-")].first(where: { cursor.skip($0) }),
            let second = cursor.digits(1...2), cursor.skip(separator), let year = cursor.digits(4...4), year > 1000
        else { return nil }
        _ = cursor.skip(UInt8(ascii: ","))
        guard cursor.skip(UInt8(ascii: " ")) || cursor.skip(UInt8(ascii: "T")), var hour = cursor.digits(1...2),
            cursor.skip(UInt8(ascii: ":")), let minute = cursor.digits(2...2)
        else { return nil }
        var seconds: Int64 = 0
        if cursor.skip(UInt8(ascii: ":")) {
            guard let digits = cursor.digits(2...2), cursor.skipFraction() else { return nil }
            seconds = digits
        }
        if !cursor.isAtEnd {
            let rest = String(decoding: text[cursor.position...], as: UTF8.self).lowercased().filter { $0.isLetter }
            guard rest == "am" || rest == "pm", 1...12 ~= hour else { return nil }
            hour = hour % 12 + (rest == "pm" ? 12 : 0)
        }
        let (day, month) = order == .dayFirst ? (first, second) : (second, first)
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: seconds)
    }
}
