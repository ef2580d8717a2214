import Base
import Testing

/// What is shown on a terminal.
@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("Anna", "Anna"), ("Müller", "Müller"), ("a\u{1B}[31mb", "a\u{FFFD}[31mb"),
        ("\u{7F}\u{9B}", "\u{FFFD}\u{FFFD}"),
        ("a\nb", "a\u{FFFD}b"), ("\u{202E}cba", "\u{FFFD}cba"), ("a\u{2028}b", "a\u{FFFD}b"),
        ("👩\u{200D}💻", "👩\u{200D}💻"), ("❤\u{FE0F}", "❤\u{FE0F}"), ("a\u{3164}b", "a\u{FFFD}b"),
        ("\u{200B}\u{E0041}", "\u{FFFD}\u{FFFD}"),
    ])
    func `nothing controls the terminal or reverses the text`(_ text: String, _ shown: String) {
        #expect(PrintableText.of(text) == shown)
    }

    @Test(
        arguments: [
            (0, "0:00"), (59, "0:59"), (60, "1:00"), (245, "4:05"), (3599, "59:59"), (3600, "1:00:00"),
            (3723, "1:02:03"),
            (-5, "-0:05"), (90_000, "25:00:00"),
        ] as [(Int64, String)]
    )
    func `a span of time reads as a clock`(_ seconds: Int64, _ text: String) {
        #expect(DurationText.of(seconds: seconds) == text)
        #expect(DurationText.of(.seconds(seconds)) == text)
    }

    @Test func `no span is too long`() { #expect(DurationText.of(seconds: .min).hasPrefix("-2562047788015215:30:08")) }

    @Test(arguments: [
        ("abc", 3), ("Müller", 6), ("e\u{301}", 1), ("李小龙", 6), ("한국", 4), ("Ａ", 2), ("😀", 2), ("Елена", 5), ("", 0),
    ])
    func `the width of a text in columns`(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }

    @Test(arguments: [("abcdef", 4, "abc…"), ("李小龙", 4, "李…"), ("李小龙", 6, "李小龙"), ("ab", 1, "…")])
    func `a shortened text has at most the given width`(_ text: String, _ width: Int, _ expected: String) {
        #expect(DisplayWidth.cut(text, to: width) == expected)
    }
}
