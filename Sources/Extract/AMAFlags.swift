import CallRecords

/// The AMA flags of a CDR: words in CSV files, numbers or words in tables.
///
/// (Asterisk, `include/asterisk/channel.h`, `enum ama_flags`, and `ast_channel_amaflags2string`.)
struct AMAFlags {
    /// 1 OMIT, 2 BILLING, 3 DOCUMENTATION; `nil` if empty or anything else.
    let value: Int16?

    private static let names: [(StaticString, Int16?)] = [
        ("DOCUMENTATION", 3), ("BILLING", 2), ("OMIT", 1), ("Unknown", nil), ("DEFAULT", nil),
    ]

    /// `nil` for a text that is neither a flag's name nor a number.
    init?(parsing text: UnsafeBufferPointer<UInt8>) {
        if text.isEmpty {
            value = nil
            return
        }
        if let known = Self.names.first(where: { name, _ in name.withUTF8Buffer { $0.elementsEqual(text) } }) {
            value = known.1
            return
        }
        var cursor = ByteCursor(text)
        guard let number = cursor.digits(1...3), cursor.isAtEnd else { return nil }
        value = 1...3 ~= number ? Int16(number) : nil
    }
}
