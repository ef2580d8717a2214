import AMI

extension DialGuard {
    /// Decides who may listen to whom: nobody to anybody, unless ``Rules/spy`` permits it.
    func check(spy supervisor: String, on channel: String) throws(ManagerError) {
        let heard = Self.device(of: channel)
        let mayHear = rules.spy.contains { entry in
            let words = entry.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard let first = words.first, Self.glob(first, matches: supervisor) else { return false }
            return words.count == 1
                || words.dropFirst().contains { Self.glob($0, matches: heard) || Self.glob($0, matches: channel) }
        }
        guard mayHear else {
            throw refusal("\(supervisor) may not hear \(heard); \(key("spy")) would have to name them")
        }
    }

    /// `PJSIP/101` of `PJSIP/101-0000001a`, `Local/101@phones` of `Local/101@phones-0000001a;1`.
    static func device(of channel: String) -> String {
        guard let dash = channel.lastIndex(of: "-") else { return channel }
        return String(channel[..<dash])
    }

    /// Whether a pattern in which `*` matches any characters matches, ignoring case.
    private static func glob(_ pattern: Substring, matches text: String) -> Bool {
        let parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
        var rest = Substring(text.lowercased())
        guard rest.hasPrefix(parts[0]) else { return false }
        rest = rest.dropFirst(parts[0].count)
        guard parts.count > 1, let last = parts.last else { return rest.isEmpty }
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
