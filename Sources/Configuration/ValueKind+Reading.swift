import Base

extension ValueKind {
    /// The value of a key of this kind from a node in the file; nil if the node is not valid for it.
    func value(of content: TOMLDocument.Content) -> SettingValue? {
        switch content {
        case .table:
            return nil
        case .array(let elements):
            guard isList else { return nil }
            var items: [String] = []
            for element in elements {
                guard let element, let item = item(element) else { return nil }
                items.append(item)
            }
            return .list(items)
        case .scalar(let scalar):
            switch (self, scalar.form) {
            case (.boolean, .boolean), (.integer, .integer), (.seconds, .integer), (.seconds, .number),
                (.range, .integer), (.range, .number):
                return value(of: scalar.text)
            case (.boolean, _), (.integer, _), (.seconds, _):
                return nil
            case (_, .text) where !isList:
                return value(of: scalar.text)
            case (_, _) where isList:
                return item(scalar).map { .list([$0]) }
            default:
                return nil
            }
        }
    }

    private func item(_ scalar: TOMLDocument.Scalar) -> String? {
        switch scalar.form {
        case .text: scalar.text.isEmpty ? nil : scalar.text
        case .integer where self == .extensions: scalar.text.hasPrefix("-") ? nil : scalar.text
        default: nil
        }
    }

    /// The value of a key of this kind from text in the environment or a flag; nil if the text is not valid for it.
    /// Lists are separated by commas.
    func value(of text: String) -> SettingValue? {
        switch self {
        case .text, .secret, .url:
            .text(text)
        case .path:
            text.isEmpty ? nil : .text(text)
        case .choice(let words):
            words.contains(text) ? .text(text) : nil
        case .integer(let limits):
            Int(text).flatMap { limits.contains($0) ? .integer($0) : nil }
        case .seconds(let limits):
            Double(text).flatMap { limits.contains($0) ? .number($0) : nil }
        case .boolean:
            switch text {
            case "true", "yes", "on", "1": .boolean(true)
            case "false", "no", "off", "0": .boolean(false)
            default: nil
            }
        case .timeZone:
            TimeZoneName.isKnown(text) ? .text(text) : nil
        case .region:
            text.utf8.count == 2 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
                ? .text(text) : nil
        case .range:
            NagiosRange(text) == nil ? nil : .text(text)
        case .texts, .paths, .extensions:
            .list(
                text.split(separator: ",").compactMap { part in
                    let item = part.trimmingSpaces()
                    return item.isEmpty ? nil : item
                }
            )
        }
    }

    /// The required form of a value, for error messages.
    var expectation: String {
        switch self {
        case .text, .secret: "a text in quotes"
        case .path: "a path in quotes"
        case .choice(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .integer(let limits): "a whole number from \(limits.lowerBound) to \(limits.upperBound)"
        case .seconds(let limits):
            "a number of seconds from \(SettingValue.number(limits.lowerBound).toml) to \(SettingValue.number(limits.upperBound).toml)"
        case .boolean: "true or false"
        case .timeZone: "a time zone of this system, such as \"Europe/Moscow\" or \"UTC\""
        case .region: "a country code of two capital letters, such as \"RU\""
        case .range: "a Nagios range, such as \"10\", \"5:\" or \"10:20\""
        case .url: "a URL in quotes"
        case .texts: "a text in quotes, or an array of them"
        case .paths: "a path in quotes, or an array of them"
        case .extensions: "a length such as 3, a text such as \"100-199\", or an array of them"
        }
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var text = drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
