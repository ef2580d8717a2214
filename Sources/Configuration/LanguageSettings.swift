package import Base

/// What applies to everything that is written for people.
public struct LanguageSettings: Sendable, Equatable {
    /// The language of tables, pages, workbooks and mails; nil if none is chosen.
    package var language: Language?

    /// The defaults.
    public init() {}
}

extension LanguageSettings {
    /// The keys that belong to no table.
    static let table = SettingsTable(
        "",
        "Keys of no table. In the file, they come before all tables.",
        fills: LanguageSettings(),
        keys: [
            .init(
                "language",
                .choice(Language.all.map(\.code)),
                \.language,
                example: .german,
                """
                The language of tables, pages, workbooks, mails and alerts. If it is not set: English, and for the pages of \
                `serve` what the browser asks for. Errors, help, JSON and names in CSV are always English.
                """
            )
        ]
    )
}

extension Language: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .text(let code) = value else { return nil }
        self.init(code: code)
    }

    var settingValue: SettingValue? { .text(code) }
}

extension Settings {
    /// The language that the installation chose; nil if it left that to browsers.
    package var chosenLanguage: Language? { read(LanguageSettings.table).language }
    /// The language of tables, workbooks, mails and alerts.
    package var language: Language { chosenLanguage ?? .english }
}
