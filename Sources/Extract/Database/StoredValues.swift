import CallRecords
import MariaDB

extension RawTime {
    /// The time in a cell; SQL NULL is no time, and nil means an invalid value.
    init?(cell: UnsafeRawBufferPointer?) {
        guard let cell else {
            self = .none
            return
        }
        self.init(parsing: cell.assumingMemoryBound(to: UInt8.self))
    }
}

extension Int32 {
    /// Reads `-12`; nil for anything else and for values out of range.
    init?(exactlyParsing bytes: UnsafeRawBufferPointer) {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = bytes.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.count <= 10 else { return nil }
        var value: Int64 = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        self.init(exactly: isNegative ? -value : value)
    }
}

extension Row {
    /// The first cells as an administrator would see them, separated by tabs; `\N` for SQL NULL.
    borrowing func tabSeparated(_ count: Int) -> [UInt8] {
        var line: [UInt8] = []
        for index in 0..<count {
            if index > 0 { line.append(UInt8(ascii: "\t")) }
            if let cell = self[index] {
                line.append(contentsOf: cell)
            } else {
                line.append(contentsOf: "\\N".utf8)
            }
        }
        return line
    }
}
