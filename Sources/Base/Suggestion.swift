/// Finds what somebody probably meant to type.
public enum Suggestion {
    /// The nearest of `candidates`, if it is near: at most a third of the word's letters may differ, or two letters if
    /// that is more.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(2, word.unicodeScalars.count / 3)
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let distance = distance(word, candidate)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// The Levenshtein distance: how many letters must be inserted, removed or replaced.
    static func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second.unicodeScalars)
        var row = Array(0...second.count)
        for (i, scalar) in first.unicodeScalars.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in second.indices {
                let substituted = diagonal + (scalar == second[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
