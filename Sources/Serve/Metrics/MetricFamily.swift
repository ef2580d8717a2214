/// One family of metrics: a name, what it means, and its samples (OpenMetrics 1.0; Prometheus text format 0.0.4).
struct MetricFamily: Sendable {
    enum Kind: String, Sendable { case gauge, counter, info }

    struct Sample: Sendable {
        var labels: [(name: String, value: String)]
        var value: Double
    }

    /// Without `_total` or `_info`.
    var name: String
    var kind: Kind
    var help: String
    /// The base unit that the name ends with; empty for none.
    var unit = ""
    var samples: [Sample] = []

    init(_ name: String, _ kind: Kind, unit: String = "", _ help: String, _ samples: [Sample] = []) {
        (self.name, self.kind, self.unit, self.help, self.samples) = (name, kind, unit, help, samples)
    }

    mutating func add(_ value: Double, _ labels: [(String, String)] = []) {
        samples.append(Sample(labels: labels.map { (name: $0.0, value: $0.1) }, value: value))
    }
}

/// Writes families.
struct MetricsText: Sendable {
    enum Format: Sendable { case text, openMetrics }

    let format: Format

    /// The text; a family without samples is left out.
    func render(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty { write(family, to: &text) }
        if format == .openMetrics { text += "# EOF\n" }
        return text
    }

    private func write(_ family: MetricFamily, to text: inout String) {
        let sample =
            switch family.kind {
            case .gauge: family.name
            case .counter: family.name + "_total"
            case .info: family.name + "_info"
            }
        // The older format knows no info, and names a counter with its ending.
        let name = format == .openMetrics ? family.name : sample
        let kind = format == .openMetrics || family.kind != .info ? family.kind.rawValue : "gauge"
        text += "# HELP \(name) \(Self.escaped(family.help, quotes: format == .openMetrics))\n# TYPE \(name) \(kind)\n"
        if format == .openMetrics, !family.unit.isEmpty { text += "# UNIT \(name) \(family.unit)\n" }
        for item in family.samples {
            text += sample
            if !item.labels.isEmpty {
                let labels = item.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
                text += "{\(labels.joined(separator: ","))}"
            }
            text += " \(Self.number(item.value))\n"
        }
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            case "\r", "\0": continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }
}
