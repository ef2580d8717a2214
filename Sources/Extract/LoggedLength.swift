internal import CallRecords

/// A length of time as a source wrote it, alike in files and tables.
struct LoggedLength {
    /// Whole seconds, 0 or more; `nil` where the source says nothing.
    let seconds: Int32?

    /// Reads `65`, `65.432` (`CDR(duration,f)`; the fraction is cut as Asterisk cuts its own) and nothing at all.
    ///
    /// A length below zero is what a clock leaves that was set back during the call: 0, as no time passed on it. `nil` for
    /// anything else, and for more seconds than 68 years have.
    init?(parsing text: UnsafeBufferPointer<UInt8>?) {
        guard let text, !text.isEmpty else {
            seconds = nil
            return
        }
        var cursor = ByteCursor(text)
        let isNegative = cursor.skip(UInt8(ascii: "-"))
        guard let number = cursor.digits(1...10), let value = Int32(exactly: number),
            !cursor.skip(UInt8(ascii: ".")) || cursor.digits(1...9) != nil, cursor.isAtEnd
        else { return nil }
        seconds = isNegative ? 0 : value
    }
}
