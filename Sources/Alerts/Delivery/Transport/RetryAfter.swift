import Base

/// The field `Retry-After` of an HTTP answer: seconds, or a date.
///
/// RFC 9110, sections 10.2.3 and 5.6.7.
enum RetryAfter {
    /// How long the receiver asks to wait; nil if it does not, or not in a known form.
    static func duration(_ text: String?, now: Moment) -> Duration? {
        guard let text = text?.trimmedBlanks else { return nil }
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 1_000_000)) }
        guard let moment = date(text) else { return nil }
        return moment > now ? moment - now : .zero
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func date(_ text: Substring) -> Moment? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), let year = Int64(words[3]),
            1970...9999 ~= year, let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3,
            let civil = CivilTime(
                year: year,
                month: Int64(month) + 1,
                day: day,
                hour: time[0],
                minute: time[1],
                second: time[2]
            )
        else { return nil }
        return Moment(seconds: civil.secondsSince1970)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

extension StringProtocol {
    /// Without blanks, tabs and line breaks at both ends.
    var trimmedBlanks: Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
        var rest = Substring(self).drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
