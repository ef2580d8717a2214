import Testing

@testable import Reporting

/// What a spreadsheet reads as a formula, in every notation.
@Suite struct SpreadsheetFormulaTests {
    @Test(arguments: [
        "=1", "-1", "@a", "+a", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}a", "\u{FE66}1", "\u{FE62}1",
        "\u{FE63}1", "\t=1", "\r=1", "\n=1", " =1", "\u{A0}=1", "\u{FEFF}=1", "\u{200B}=1", "\u{202E}=1", "\u{1B}=1",
        " +491", "\tx",
    ])
    func `a formula becomes a text`(text: String) {
        #expect(CSVRenderer.defused(text) == "'" + text)
    }

    @Test(arguments: ["", " ", "a=1", "+4930123", "100", "\u{FEFF}a", " a", "Müller", "'=1", "\u{661}"])
    func `anything else stays unchanged`(text: String) {
        #expect(CSVRenderer.defused(text) == text)
    }
}
