/// What separates the fields of a line.
enum Delimiter {
    /// The order in which they are tried. Master.csv uses commas.
    static let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]

    /// The delimiter's name for people.
    static func name(_ delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: ";"): "semicolons"
        case UInt8(ascii: "\t"): "tabs"
        case UInt8(ascii: "|"): "bars"
        default: "commas"
        }
    }

    /// `sep=;`, which spreadsheets write above a list: the index of the next line, and the delimiter that is named.
    static func directive(_ bytes: UnsafeBufferPointer<UInt8>) -> (delimiter: UInt8, next: Int)? {
        guard bytes.count > 5, bytes.starts(with: "sep=".utf8) || bytes.starts(with: "SEP=".utf8),
            candidates.contains(bytes[4]), let newline = bytes.firstIndex(of: UInt8(ascii: "\n")), newline <= 6
        else { return nil }
        return (bytes[4], newline + 1)
    }
}
