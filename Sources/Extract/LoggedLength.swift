import CallRecords

/// A length of time as a source wrote it, read in the same way from files and tables.
struct LoggedLength {
    /// Whole seconds, 0 or more; `nil` if the source has no value.
    let seconds: Int32?

    /// Reads `65`, `65.432` (`CDR(duration,f)`; the fraction is cut, as Asterisk cuts its own) and an empty text.
    ///
    /// A negative length results from a clock that was set back during the call: it becomes 0, as no time passed on
    /// that clock. In an unsigned column it is more seconds than 68 years have (`4294967295` for -1), and becomes 0
    /// too. Spreadsheets and reports turn a length into `0:01:05`. `nil` for anything else.
    init?(parsing text: UnsafeBufferPointer<UInt8>?) {
        guard let text, !text.isEmpty else {
            seconds = nil
            return
        }
        var cursor = ByteCursor(text)
        let isNegative = cursor.skip(UInt8(ascii: "-"))
        guard var number = cursor.digits(1...10) else { return nil }
        if cursor.skip(UInt8(ascii: ":")) {
            guard number < 10_000, let minutes = cursor.digits(2...2), minutes < 60, cursor.skip(UInt8(ascii: ":")),
                let rest = cursor.digits(2...2), rest < 60
            else { return nil }
            number = number * 3600 + minutes * 60 + rest
        }
        guard !cursor.skip(UInt8(ascii: ".")) || cursor.digits(1...9) != nil, cursor.isAtEnd, number <= UInt32.max
        else {
            return nil
        }
        seconds = isNegative ? 0 : Int32(exactly: number) ?? 0
    }
}
