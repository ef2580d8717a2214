import Base

extension Message {
    /// What a CLI command printed, line by line, in either dialect: `Output:` headers (Asterisk 14 and later) or the text
    /// between `Response: Follows` and `--END COMMAND--` (up to 13).
    public var commandOutput: [String] {
        let output = values(of: "Output")
        if !output.isEmpty || body.isEmpty { return output }
        var lines = body.map { encoding.text(of: $0) }
        let marker = "--END COMMAND--"
        if let last = lines.last, last.hasSuffix(marker) {
            lines.removeLast()
            if last != marker { lines.append(String(last.dropLast(marker.count))) }
        }
        return lines
    }
}
