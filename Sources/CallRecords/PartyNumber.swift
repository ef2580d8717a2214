/// Who is at one end of a call, as far as the number shows.
public enum PartyNumber: Hashable, Sendable {
    /// A number inside the PBX, by the PBX's extension plan; never one of the public network.
    case `extension`(String)
    /// A number of the public network.
    case e164(PhoneNumber)
    /// A code rather than a party: `*97`, `#31#`, or an emergency number such as `112`; as written.
    case service(String)
    /// Digits that are neither an extension nor a number of any country: short codes, cut or mistyped numbers; as
    /// written, without punctuation.
    case unparsed(String)
    /// The caller withholds the number: `anonymous`, `Unavailable`, `Restricted` …
    case anonymous
    /// No number at all: empty, a name, the dialplan's `s`, `i`, `t`, `h`.
    case none

    /// The number, if it belongs to the public network.
    public var phoneNumber: PhoneNumber? {
        if case .e164(let number) = self { number } else { nil }
    }

    /// The extension, if it is one.
    public var extensionNumber: String? {
        if case .extension(let digits) = self { digits } else { nil }
    }
}
