import Base

/// The texts of an alert in the language of the people who are told. What programs and logs get is English.
public struct AlertText: Sendable, Equatable, Codable {
    /// See ``Alert/summary``.
    public var summary: String
    /// See ``Alert/causes``.
    public var causes: [String]
    /// See ``Alert/callers``.
    public var callers: [String]

    /// Texts in one language.
    public init(summary: String, causes: [String] = [], callers: [String] = []) {
        (self.summary, self.causes, self.callers) = (summary, causes, callers)
    }
}

extension Alert {
    /// The texts in the language of the task, as far as they exist in it.
    var text: AlertText {
        let english = AlertText(summary: summary, causes: causes, callers: callers)
        return Language.current == .english ? english : translated ?? english
    }
}
