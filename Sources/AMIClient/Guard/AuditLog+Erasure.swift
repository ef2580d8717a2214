import Base
import Glibc

extension AuditLog {
    /// Masks a person's number in a log: each of its digits becomes `x`.
    ///
    /// Bytes are replaced in place, so that lines added by another program in the meantime are not lost. The number is
    /// also found if its last four digits were masked when the line was written.
    ///
    /// - Parameters:
    ///   - pattern: A regular expression for the number.
    ///   - path: The log; a missing one has no lines.
    ///   - wholeLines: Whether the other letters and digits of the line are masked too: a record names the person as well.
    ///   - isDryRun: Whether lines are only counted.
    /// - Returns: The number of lines that contained the number.
    /// - Throws: ``ManagerError`` with code `file`.
    public static func erase(
        _ pattern: String,
        from path: String,
        wholeLines: Bool = false,
        isDryRun: Bool
    ) throws(ManagerError) -> Int {
        guard access(path, F_OK) == 0 else { return 0 }
        guard let expression = try? Regex(pattern) else {
            throw ManagerError(
                .file,
                "The audit log \(path) was not searched: the number cannot be made into a pattern."
            )
        }
        do throws(FileError) {
            let file = try OpenFile(updating: path)
            return try erase(expression, from: file, wholeLines, isDryRun: isDryRun)
        } catch {
            throw ManagerError(.file, "The number cannot be erased from the audit log \(path): \(error.reason).")
        }
    }

    private static func erase(
        _ expression: Regex<AnyRegexOutput>,
        from file: borrowing OpenFile,
        _ wholeLines: Bool,
        isDryRun: Bool
    ) throws(FileError) -> Int {
        var (erased, offset) = (0, 0 as Int64)
        var rest: [UInt8] = []
        while case let bytes = try file.read(65_536, at: offset + Int64(rest.count)), !bytes.isEmpty {
            rest += bytes
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(rest[..<end])
                if let masked = masked(line, expression) {
                    erased += 1
                    if !isDryRun { try file.write(wholeLines ? whollyMasked(line) : masked, at: offset) }
                }
                offset += Int64(line.count + 1)
                rest.removeSubrange(...end)
            }
            // No line of this program is this long.
            if rest.count > 1 << 20 {
                offset += Int64(rest.count)
                rest.removeAll()
            }
        }
        return erased
    }

    /// The line with each of its letters and digits masked, so that only separators are left.
    static func whollyMasked(_ line: [UInt8]) -> [UInt8] {
        line.map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
                UInt8(ascii: "x")
            default: byte
            }
        }
    }

    /// The line with the number's digits masked; `nil` if it does not contain the number.
    static func masked(_ line: [UInt8], _ expression: Regex<AnyRegexOutput>) -> [UInt8]? {
        // Each byte becomes one character, so that positions in the text are positions in the file.
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
