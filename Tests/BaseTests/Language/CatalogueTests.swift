import Base
import Testing

@Suite struct CatalogueTests {
    @Test func `entries may have contexts, plurals and several lines`() throws {
        let catalogue = try Catalogue(
            #"""
            # A comment.
            msgid ""
            msgstr ""
            "Language: ru\n"

            #: a reference
            msgid "Queues"
            msgstr "Очереди"
            msgctxt "lost call"
            msgid "open"
            msgstr "открыт"

            msgid "{1} call"
            msgid_plural "{1} calls"
            msgstr[0] "{1} звонок"
            msgstr[1] "{1} звонка"
            msgstr[2] "{1} звонков"

            msgid ""
            "A long "
            "\"sentence\"\t\\\n"
            msgstr ""
            "Длинное "
            "предложение"
            """#
        )
        #expect(
            catalogue.entries == [
                Catalogue.Key(text: "Queues"): ["Очереди"],
                Catalogue.Key(text: "open", context: "lost call"): ["открыт"],
                Catalogue.Key(text: "{1} call", plural: "{1} calls"): ["{1} звонок", "{1} звонка", "{1} звонков"],
                Catalogue.Key(text: "A long \"sentence\"\t\\\n"): ["Длинное предложение"],
            ]
        )
    }

    @Test func `what a translator has not confirmed is left out`() throws {
        let catalogue = try Catalogue(
            """
            #, fuzzy
            msgid "Queues"
            msgstr "Reihen"

            #~ msgid "Old"
            #~ msgstr "Alt"

            #, fuzzy

            msgid "Agents"
            msgstr "Spione"

            msgid "Calls"
            msgstr "Anrufe"
            """
        )
        #expect(catalogue.entries == [Catalogue.Key(text: "Calls"): ["Anrufe"]])
    }

    @Test(
        arguments: [
            ("msgid \"a\"\nmsgid \"b\"", 2), ("msgid \"a\n", 1), ("msgid a\nmsgstr \"b\"", 1), ("\"a\"", 1),
            ("msgid \"a\"\nmsgstr[1] \"b\"", 2), ("msgid \"\\x\"", 1), ("msgid \"a\" b", 1),
            ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", 6), ("message \"a\"", 1),
        ]
    )
    func `a mistake is named with its line`(file: String, line: Int) {
        let error = #expect(throws: CatalogueError.self) { try Catalogue(file) }
        #expect(error?.line == line, "\(file)")
    }
}
