import Base

/// The values that every report can refer to, and those given for its own parameters.
struct ParameterValues {
    private let known: [String: (kind: ReportParameter.Kind, value: String?)]
    private let given: [String: String]

    /// - Parameter totals: Whether reports append their row of totals.
    init(_ request: ReportRequest, _ window: ResolvedWindow, totals: Bool = false) {
        let thresholds = request.thresholds
        known = [
            "window_from": (.timestamptz, window.from.description),
            "window_to": (.timestamptz, window.to.description),
            "now": (.timestamptz, window.now),
            "periods": (.timestamps, window.periodList),
            "timezone": (.text, window.timeZone),
            "interval": (.text, request.interval.rawValue),
            "pbx": (.text, request.pbx),
            "queue": (.text, request.queue),
            "agent": (.text, request.agent),
            "service_level": (.integer, String(thresholds.serviceLevel)),
            "short_abandon": (.integer, String(thresholds.shortAbandon)),
            "service_level_variant": (.text, thresholds.variant.rawValue),
            "wrap_up": (.integer, String(thresholds.wrapUp)),
            "overrides": (.jsonb, thresholds.overrides),
            "totals": (.boolean, totals ? "true" : "false"),
        ]
        given = request.values
    }

    /// Names that every report can refer to; their values have their own options.
    private static let common: Set = [
        "window_from", "window_to", "now", "periods", "timezone", "interval", "pbx", "queue", "agent",
        "service_level", "short_abandon", "service_level_variant", "wrap_up", "overrides", "totals",
    ]

    /// Checks that each given value is for a parameter that one of the reports declares.
    ///
    /// - Throws: ``ReportError`` with code `parameter`.
    static func check(_ values: [String: String], _ definitions: [ReportDefinition]) throws(ReportError) {
        for name in values.keys.sorted() {
            guard !common.contains(name) else {
                throw ReportError(.parameter, "The parameter \(name) has its own option.")
            }
            guard definitions.contains(where: { $0.parameters.contains { $0.name == name } }) else {
                throw ReportError(.parameter, "None of these reports has a parameter \"\(name)\".")
            }
        }
    }

    /// The values to bind for a report's parameters.
    ///
    /// - Throws: ``ReportError`` with code `parameter`.
    func values(for definition: ReportDefinition) throws(ReportError) -> [String: String?] {
        var values: [String: String?] = [:]
        for parameter in definition.parameters {
            if let known = known[parameter.name] {
                guard known.kind == parameter.kind else {
                    throw ReportError(
                        .definition,
                        "The parameter \"\(parameter.name)\" is of type \(known.kind.rawValue).",
                        file: definition.file
                    )
                }
                values[parameter.name] = .some(known.value)
            } else if let value = given[parameter.name] {
                values[parameter.name] = .some(value)
            } else {
                switch parameter.defaultValue {
                case .null: values[parameter.name] = .some(nil)
                case .value(let value): values[parameter.name] = .some(value)
                case .required:
                    throw ReportError(
                        .parameter,
                        "Report \(definition.name) needs a value for \(parameter.name): \(parameter.description)"
                    )
                }
            }
        }
        return values
    }
}
