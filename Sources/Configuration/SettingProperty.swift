import Base

/// A type that a property of a settings struct can have, with its conversion from and to the value of a key.
protocol SettingProperty: Sendable {
    /// nil if the value has a different form from the property.
    init?(setting value: SettingValue)
    /// nil if the property has no value.
    var settingValue: SettingValue? { get }
}

extension String: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }

    var settingValue: SettingValue? { .text(self) }
}

extension Int: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .integer(let integer) = value else { return nil }
        self = integer
    }

    var settingValue: SettingValue? { .integer(self) }
}

extension Double: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .number(let number) = value else { return nil }
        self = number
    }

    var settingValue: SettingValue? { .number(self) }
}

extension Bool: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .boolean(let boolean) = value else { return nil }
        self = boolean
    }

    var settingValue: SettingValue? { .boolean(self) }
}

extension [String]: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .list(let items) = value else { return nil }
        self = items
    }

    var settingValue: SettingValue? { .list(self) }
}

extension NagiosRange: SettingProperty {
    init?(setting value: SettingValue) {
        guard case .text(let text) = value else { return nil }
        self.init(text)
    }

    var settingValue: SettingValue? { .text(description) }
}

/// Enums of words.
extension SettingProperty where Self: RawRepresentable, RawValue == String {
    init?(setting value: SettingValue) {
        guard case .text(let word) = value else { return nil }
        self.init(rawValue: word)
    }

    var settingValue: SettingValue? { .text(rawValue) }
}

extension TextEncoding: SettingProperty {}
extension DateOrder: SettingProperty {}
extension ServiceLevelVariant: SettingProperty {}

extension Optional: SettingProperty where Wrapped: SettingProperty {
    init?(setting value: SettingValue) {
        guard let wrapped = Wrapped(setting: value) else { return nil }
        self = .some(wrapped)
    }

    var settingValue: SettingValue? { flatMap(\.settingValue) }
}
