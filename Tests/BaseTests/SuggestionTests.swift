import Base
import Testing

@Suite struct SuggestionTests {
    /// A third of the word's letters may be wrong, and two in a short word. Letters that changed places are two changes.
    @Test(
        arguments: [
            ("sale", ["support", "sales"], "sales"), ("slaes", ["support", "sales"], "sales"),
            ("suppxx", ["sales", "support"], nil), ("abc", ["xyz"], nil), ("ab", ["a"], "a"),
            ("receptxyz", ["reception"], "reception"), ("recepwxyz", ["reception"], nil), ("x", [], nil),
            ("salet", ["saled", "sales"], "saled"),
        ] as [(String, [String], String?)]
    )
    func `the nearest name is suggested, if it is near`(word: String, names: [String], suggestion: String?) {
        #expect(Suggestion.nearest(to: word, among: names) == suggestion)
    }
}
