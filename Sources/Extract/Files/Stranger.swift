import Base
import CallRecords

/// A file of the wrong kind, recognised by its beginning, and what its owner can do about it.
struct Stranger: Equatable {
    /// The number of bytes that suffice to recognise it.
    static let beginning = 64 * 1024

    /// What the file is, such as `compressed with xz`.
    let what: String
    /// What to do; `@` stands for the path.
    let advice: String

    private init(_ what: String, _ advice: String) { (self.what, self.advice) = (what, advice) }

    /// What the file was expected to be.
    enum Wanted { case cdr, queueLog, contacts }

    /// One sentence with the file's name.
    func sentence(on path: String, wanted: Wanted) -> String {
        let name = path == "-" ? "The standard input" : path.printable
        return "\(name) \(what). \(advice.replacing("@", with: path == "-" ? "FILE" : path.printable))"
    }

    /// `nil` if the file may be of the expected kind. Gzip is not included, because it is unpacked before.
    init?(beginning bytes: UnsafeBufferPointer<UInt8>) {
        guard let found = Self.byMagic(bytes) ?? Self.byWords(bytes) else { return nil }
        self = found
    }

    private static func byMagic(_ bytes: UnsafeBufferPointer<UInt8>) -> Stranger? {
        func begins(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
        func begins(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
        if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return packed("xz", "xz -dk @") }
        if begins("BZh"), bytes.count > 3, UInt8(ascii: "1")...UInt8(ascii: "9") ~= bytes[3] {
            return packed("bzip2", "bzip2 -dk @")
        }
        if begins([0x28, 0xB5, 0x2F, 0xFD]) { return packed("zstd", "zstd -dk @") }
        if begins([0x04, 0x22, 0x4D, 0x18]) { return packed("lz4", "lz4 -d @") }
        if begins([0x1F, 0x9D]) { return packed("compress", "uncompress @") }
        if begins([0x1F, 0x8B]) { return packed("gzip twice", "gunzip @") }
        if begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
            return Stranger("is a 7-Zip archive", "Unpack it first: 7z x @")
        }
        if begins("Rar!") { return Stranger("is a RAR archive", "Unpack it first: unrar x @") }
        if begins("PK\u{3}\u{4}") || begins("PK\u{5}\u{6}") {
            return Stranger(
                "is a zip archive or a workbook",
                "Unpack an archive first (unzip @); save a workbook as CSV in UTF-8."
            )
        }
        if begins([0xD0, 0xCF, 0x11, 0xE0]) {
            return Stranger("is an old Office document", "Save it as CSV in UTF-8.")
        }
        if begins("%PDF") { return Stranger("is a PDF document", "Export the data as CSV.") }
        if begins("SQLite format 3") {
            return Stranger("is an SQLite database", "Export the table: sqlite3 -header -csv @ 'select * from cdr'")
        }
        if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
            return Stranger("is a tar archive", "Unpack it first: tar xf @")
        }
        let sample = bytes.prefix(4096)
        // Broken records may contain a NUL; a binary file has them everywhere.
        let controls = sample.count { $0 < 9 || 14..<27 ~= $0 || 28..<32 ~= $0 }
        return controls * 20 > sample.count
            ? Stranger("is not a text file", "Name a CDR file, a queue_log or a CSV.") : nil
    }

    private static func packed(_ method: String, _ command: String) -> Stranger {
        Stranger(
            "is compressed with \(method); only plain and gzip-compressed files are read",
            "Decompress it first: \(command)"
        )
    }

    private static func byWords(_ bytes: UnsafeBufferPointer<UInt8>) -> Stranger? {
        let text = String(decoding: bytes.prefix(8192), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).prefix(40).map { String($0).trimmingBlanks() }
            .filter { !$0.isEmpty }
        guard let first = lines.first else { return nil }
        if first.hasPrefix("{") || first.hasPrefix("[{") || first == "[" {
            return Stranger(
                "is JSON",
                "Export the records as CSV; cdr_custom writes a line a record with fields in quotes."
            )
        }
        if first.hasPrefix("<?xml") || first.lowercased().hasPrefix("<!doctype")
            || first.lowercased().hasPrefix("<html")
        {
            return Stranger("is an XML or HTML document", "Export the data as CSV.")
        }
        if first.hasPrefix("BEGIN:VCARD") { return Stranger("is a vCard file", "Export the contacts as CSV.") }
        if first.hasPrefix("+--"), lines.count > 1, lines[1].hasPrefix("|") {
            return Stranger(
                "is a table drawn by the mysql client",
                "Write it with mysql --batch, which separates columns by tabs."
            )
        }
        if lines.contains(where: isAMI) {
            return Stranger("is a capture of the Asterisk Manager Interface", "Replay it: crm-voip events --replay @")
        }
        if lines.contains(where: isSQL) {
            return Stranger(
                "is an SQL dump",
                "Load it into MariaDB and set [pbx.NAME.cdr_database], or export the table as CSV with a header line."
            )
        }
        if first.hasPrefix("["), lines.prefix(5).allSatisfy({ $0.hasPrefix("[") && $0.contains("] ") }) {
            return Stranger(
                "is a log of Asterisk's messages",
                "CDRs are in cdr-csv/Master.csv, queue events in queue_log."
            )
        }
        // A table may contain notes, but its first line does not look like one.
        if separators(first) < 2, lines.count(where: isProse) * 2 >= lines.count, lines.contains(where: isProse) {
            return Stranger("is a text for people", "Name a CDR file, a queue_log or a CSV.")
        }
        return nil
    }

    private static func separators(_ line: String) -> Int { line.utf8.count { ",;|\t".utf8.contains($0) } }

    /// Five words or more, and few commas.
    private static func isProse(_ line: String) -> Bool {
        let words = line.split(separator: " ").count { word in word.count { $0.isLetter } >= 2 }
        return words >= 5 && separators(line) * 3 <= words
    }

    private static func isAMI(_ line: String) -> Bool {
        line.hasPrefix("Asterisk Call Manager/") || line.hasPrefix("Response: ")
            || line.hasPrefix("Event: ") && !line.contains(",") && !line.contains("|")
    }

    private static func isSQL(_ line: String) -> Bool {
        let upper = line.uppercased()
        return [
            "CREATE TABLE ", "INSERT INTO ", "DROP TABLE ", "LOCK TABLES ", "/*!", "-- MYSQL DUMP", "-- MARIADB DUMP",
        ]
        .contains { upper.hasPrefix($0) }
            || upper.hasPrefix("-- POSTGRESQL DATABASE DUMP") || upper.hasPrefix("-- PHPMYADMIN SQL DUMP")
            || upper.hasPrefix("COPY ") && upper.contains(" FROM STDIN")
    }
}

extension String {
    /// The text, made safe to show in a message.
    var printable: String { PrintableText.of(self) }
}
