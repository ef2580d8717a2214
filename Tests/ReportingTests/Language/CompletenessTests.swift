import Base
import Foundation
import Reporting
import Testing

/// That nothing is untranslated, and no translation is left over.
@Suite struct CompletenessTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// All but English, in which the phrases are written.
    static let languages = Language.all.filter { $0 != .english }

    private static func text(_ language: Language) throws -> String {
        try String(contentsOf: root.appending(path: "languages/\(language.code).po"), encoding: .utf8)
    }

    static func catalogue(_ language: Language) throws -> Catalogue { try Catalogue(text(language)) }

    /// Phrases in the source and in the built-in reports, by key.
    private static func phrases() throws -> [Catalogue.Key: String] {
        let source = try SourcePhrases(below: root.appending(path: "Sources"))
        let reports = try ReportPhrases.keys().map { ($0, "reports") }
        return Dictionary(source.found.map { ($0.key, $0.place) } + reports) { first, _ in first }
    }

    @Test func `every phrase of the source can be read`() throws {
        let source = try SourcePhrases(below: Self.root.appending(path: "Sources"))
        #expect(source.unreadable.isEmpty, "not a literal: \(source.unreadable)")
        #expect(!source.found.isEmpty)
    }

    @Test(arguments: Self.languages)
    func `every phrase is translated`(language: Language) throws {
        let catalogue = try Self.catalogue(language)
        let missing = try Self.phrases().filter { catalogue[$0.key]?.contains("") ?? true }
        #expect(missing.isEmpty, "\(missing.map { "\($0.value): \($0.key.text)" }.sorted().joined(separator: "\n"))")
    }

    @Test(arguments: Self.languages)
    func `no translation is left over`(language: Language) throws {
        let phrases = try Self.phrases()
        let unused = try Self.catalogue(language).entries.keys.filter { phrases[$0] == nil }
        #expect(unused.isEmpty, "\(unused.map(\.text).sorted().joined(separator: "\n"))")
    }

    @Test(arguments: Self.languages)
    func `translations have the values and the plural forms that they need`(language: Language) throws {
        let header = try #require(try Self.text(language).firstMatch(of: /nplurals=(\d)/))
        let forms = try #require(Int(header.1))
        for (key, translations) in try Self.catalogue(language).entries {
            #expect(translations.count == (key.plural == nil ? 1 : forms), "\(key.text)")
            let values = Self.values(key.plural ?? key.text)
            for translation in translations {
                let own = Self.values(translation)
                // A form for one thing may say "the call" instead of "1 call".
                #expect(key.plural == nil ? own == values : own.isSubset(of: values), "\(key.text): \(translation)")
            }
        }
    }

    private static func values(_ pattern: String) -> Set<Int> {
        Set(
            Phrase.pieces(of: pattern).compactMap { piece in
                if case .value(let number) = piece { number } else { nil }
            }
        )
    }

    /// gettext's tools, and with them editors, take a phrase with a plural and one without for the same entry.
    @Test(arguments: Self.languages)
    func `no phrase is there with a plural and without`(language: Language) throws {
        var seen: Set<[String]> = []
        for key in try Self.catalogue(language).entries.keys {
            #expect(seen.insert([key.text, key.context ?? ""]).inserted, "\(key.text)")
        }
    }

    @Test func `phrases are found as the compiler reads them`() {
        let source = #"""
            let a = localized("Queues")
            let b = localized("In time, of \(now.population(of: "x")) (target \(target) %)", context: "tile")
            // localized("a comment")
            let c = Markup.localized("\(count) of \(FigureLinks.linked("\(x)", y)) calls, \"all\"")
            let d = localized(
                n,
                one: "\(n) call",
                other: "\(n) calls"
            )
            let e = localized(key: column.heading)
            let f = localized(text)
            """#
        let file = SourcePhrases.phrases(in: source, "a.swift")
        #expect(
            file.found.map(\.key) == [
                Catalogue.Key(text: "Queues"),
                Catalogue.Key(text: "In time, of {1} (target {2} %)", context: "tile"),
                Catalogue.Key(text: "{1} of {2} calls, \"all\""),
                Catalogue.Key(text: "{1} call", plural: "{1} calls"),
            ]
        )
        #expect(file.found.map(\.place) == ["a.swift:1", "a.swift:2", "a.swift:4", "a.swift:5"])
        #expect(file.unreadable == ["a.swift:11"])
    }
}
