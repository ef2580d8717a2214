import MariaDB

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
