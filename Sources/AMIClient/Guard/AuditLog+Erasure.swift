internal import Base
internal import Glibc

extension AuditLog {
    /// Masks a person's number in a log: each of its digits becomes `x`.
    ///
    /// Bytes are replaced where they stand, so that lines which another program adds meanwhile are not lost. The number
    /// is also found where its last four digits were masked when the line was written.
    ///
    /// - Parameters:
    ///   - pattern: A regular expression for the number.
    ///   - path: The log; one that is missing has no lines.
    ///   - isDryRun: Whether lines are only counted.
    /// - Returns: How many lines had the number.
    /// - Throws: ``ManagerError`` with code `file`.
    public static func erase(_ pattern: String, from path: String, isDryRun: Bool) throws(ManagerError) -> Int {
        guard access(path, F_OK) == 0 else { return 0 }
        guard let expression = try? Regex(pattern) else {
            throw ManagerError(.file, "The audit log \(path) was not searched: the number makes no expression.")
        }
        let file = try OwnersFile.open(path, O_RDWR)
        defer { close(file) }
        var (erased, offset) = (0, 0 as off_t)
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(file, &chunk, chunk.count, offset + off_t(rest.count))
            guard count > 0 else { break }
            rest += chunk[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(rest[..<end])
                if let masked = masked(line, expression) {
                    erased += 1
                    guard isDryRun || pwrite(file, masked, masked.count, offset) == masked.count else {
                        throw ManagerError(
                            .file,
                            "The audit log \(path) cannot be written: \(String(cString: strerror(errno)))."
                        )
                    }
                }
                offset += off_t(line.count + 1)
                rest.removeSubrange(...end)
            }
            // A line of this program is never so long.
            if rest.count > 1 << 20 {
                offset += off_t(rest.count)
                rest.removeAll()
            }
        }
        return erased
    }

    /// The line with the number's digits masked; `nil` where it does not have it.
    static func masked(_ line: [UInt8], _ expression: Regex<AnyRegexOutput>) -> [UInt8]? {
        // A byte is a character here, so that places in the text are places in the file.
        let text = String(String.UnicodeScalarView(line.map { Unicode.Scalar($0) }))
        let ranges = text.matches(of: expression.matchingSemantics(.unicodeScalar)).map(\.range)
        guard !ranges.isEmpty else { return nil }
        var masked = line
        for range in ranges {
            let start = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound)
            let count = text.unicodeScalars.distance(from: range.lowerBound, to: range.upperBound)
            for index in start..<start + count where UInt8(ascii: "0")...UInt8(ascii: "9") ~= masked[index] {
                masked[index] = UInt8(ascii: "x")
            }
        }
        return masked
    }
}
