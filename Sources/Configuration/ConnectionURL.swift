/// The part of a connection URL that must not be seen.
enum ConnectionURL {
    /// The URL with `********` for its password, be it before the `@` or a `password=` parameter.
    static func masked(_ url: String) -> String {
        var masked = url
        for range in passwords(in: url).reversed() { masked.replaceSubrange(range, with: "********") }
        return masked
    }

    static func holdsPassword(_ url: String) -> Bool {
        !passwords(in: url).isEmpty
    }

    private static func passwords(in url: String) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        var rest = url.startIndex
        if let authority = url.range(of: "://") {
            let end = url[authority.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex
            if let at = url[authority.upperBound..<end].lastIndex(of: "@") {
                if let colon = url[authority.upperBound..<at].firstIndex(of: ":") {
                    found.append(url.index(after: colon)..<at)
                }
                rest = at
            } else {
                rest = authority.upperBound
            }
        }
        // libpq also takes `?password=…`, and `host=… password=…` instead of a URL.
        while let name = url[rest...].range(of: "password=") {
            let end = url[name.upperBound...].firstIndex { $0 == "&" || $0 == " " } ?? url.endIndex
            found.append(name.upperBound..<end)
            rest = end
        }
        return found.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    fileprivate func range(of word: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            let tail = self[start...]
            if tail.hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
            start = index(after: start)
        }
        return nil
    }
}
