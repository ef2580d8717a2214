/// The phrases of one language, from a file that translators edit with their usual tools.
///
/// The format is that of gettext's PO files: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. An
/// entry marked as fuzzy is a guess that nobody has confirmed, and is left out.
package struct Catalogue: Sendable {
    /// What identifies an entry.
    package struct Key: Hashable, Sendable {
        /// The English phrase.
        package let text: String
        /// Its English plural; nil if no count decides.
        package let plural: String?
        /// What the phrase is said of; nil if it is clear without.
        package let context: String?

        package init(text: String, plural: String? = nil, context: String? = nil) {
            (self.text, self.plural, self.context) = (text, plural, context)
        }
    }

    /// The translations, one for each plural form. The header, which has an empty text, is not among them.
    package private(set) var entries: [Key: [String]] = [:]

    package subscript(key: Key) -> [String]? { entries[key] }

    /// - Throws: ``CatalogueError``, which names the line that is not valid.
    package init(_ file: String) throws(CatalogueError) {
        var entry = Entry()
        var number = 0
        for line in file.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("#") {
                if line.hasPrefix("#,") && line.contains("fuzzy") {
                    try finish(&entry, number)
                    entry.isFuzzy = true
                }
            } else if line.isEmpty {
                try finish(&entry, number)
            } else {
                if entry.begins(with: line) { try finish(&entry, number) }
                try entry.take(line, number)
            }
        }
        try finish(&entry, number)
    }

    private mutating func finish(_ entry: inout Entry, _ line: Int) throws(CatalogueError) {
        defer { if !entry.isWaiting { entry = Entry() } }
        guard let text = entry.text else { return }
        guard let translations = entry.translations else {
            throw CatalogueError(line: line, sentence: "The entry before has no msgstr.")
        }
        guard !text.isEmpty, !entry.isFuzzy else { return }
        let key = Key(text: text, plural: entry.plural, context: entry.context)
        guard entries.updateValue(translations, forKey: key) == nil else {
            throw CatalogueError(line: line, sentence: "The entry before is in the file twice.")
        }
    }
}

/// A line of a catalogue that is not valid.
package struct CatalogueError: Error, CustomStringConvertible {
    /// The line, counted from 1.
    package let line: Int
    let sentence: String

    package var description: String { "Line \(line): \(sentence)" }
}

/// The entry that is being read.
private struct Entry {
    private enum Field { case context, text, plural, translation }

    private(set) var context: String?
    private(set) var text: String?
    private(set) var plural: String?
    private(set) var translations: [String]?
    var isFuzzy = false
    private var field: Field?

    /// Whether it has only a mark so far, which belongs to the lines that follow.
    var isWaiting: Bool { isFuzzy && context == nil && text == nil }

    /// Whether a line is the first of the next entry, which need not be separated by an empty line.
    func begins(with line: Substring) -> Bool {
        translations != nil && (line.hasPrefix("msgctxt") || line.hasPrefix("msgid ") || line.hasPrefix("msgid\t"))
    }

    mutating func take(_ line: Substring, _ number: Int) throws(CatalogueError) {
        guard let quote = line.firstIndex(of: "\""), let value = Self.unquoted(line[quote...]) else {
            throw CatalogueError(line: number, sentence: "There is no text in quotation marks.")
        }
        let keyword = line[..<quote].filter { $0 != " " && $0 != "\t" }
        switch keyword {
        case "": break
        case "msgctxt": (field, context) = (.context, "")
        case "msgid": (field, text) = (.text, "")
        case "msgid_plural": (field, plural) = (.plural, "")
        case "msgstr", "msgstr[0]": (field, translations) = (.translation, [""])
        case "msgstr[\(translations?.count ?? 0)]":
            field = .translation
            translations?.append("")
        default: throw CatalogueError(line: number, sentence: "\(keyword) is unknown or out of order.")
        }
        switch field {
        case .context: context? += value
        case .text: text? += value
        case .plural: plural? += value
        case .translation:
            let form = translations?.popLast() ?? ""
            translations?.append(form + value)
        case nil: throw CatalogueError(line: number, sentence: "The text belongs to nothing.")
        }
    }

    /// The text between quotation marks; nil if it is not closed or contains an unknown escape.
    private static func unquoted(_ quoted: Substring) -> String? {
        var result = ""
        var rest = quoted.dropFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"": return rest.allSatisfy { $0 == " " || $0 == "\t" } ? result : nil
            case "\\":
                switch rest.popFirst() {
                case "n": result += "\n"
                case "t": result += "\t"
                case "\"": result += "\""
                case "\\": result += "\\"
                default: return nil
                }
            default: result.append(character)
            }
        }
        return nil
    }
}
