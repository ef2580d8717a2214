import Base
import Testing

@testable import Reporting

/// The phrases of the built-in reports that are not in the source; ``CompletenessTests`` compares them with the catalogues.
@Suite struct ReportPhrases {
    /// What the reports say, from the headers of their files and the words of their cells.
    static func keys() throws -> Set<Catalogue.Key> {
        var keys: Set<Catalogue.Key> = []
        for definition in try ReportCatalogue().definitions {
            keys.insert(.init(text: definition.writtenTitle, context: "report"))
            keys.insert(.init(text: definition.writtenDescription, context: "report"))
            for column in definition.columns {
                keys.insert(.init(text: Headings.english(column, among: definition.columns), context: "column"))
                keys.insert(.init(text: column.description, context: "meaning"))
            }
        }
        for (column, words) in Words.words { keys.formUnion(words.map { .init(text: $0, context: column) }) }
        keys.formUnion(Words.months.map { .init(text: $0, context: "month") })
        return keys
    }

    @Test(arguments: [Language.german, .russian])
    func `a translation names only columns that its report has`(language: Language) throws {
        let catalogue = try CompletenessTests.catalogue(language)
        for definition in try ReportCatalogue().definitions {
            let names = Set(definition.columns.map(\.name))
            for column in definition.columns {
                let key = Catalogue.Key(text: column.description, context: "meaning")
                let text = try #require(catalogue[key]?.first)
                // Names of logs are names in every language.
                for word in Self.names(in: text) where word != "queue_log" {
                    #expect(names.contains(word), "\(definition.name).\(column.name): \(word)")
                }
            }
        }
    }

    /// The words with underscores.
    private static func names(in text: String) -> [String] {
        text.split { $0 != "_" && !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.contains("_") }
    }
}
