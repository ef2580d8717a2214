import Base

/// Small files that belong to the configuration, and whether others can read or change them.
struct PrivateFile {
    private let file: SmallFile

    /// The entire content.
    var bytes: [UInt8] { file.bytes }
    /// Whether anyone but the owner and root can read it.
    var isExposed: Bool { file.isReadableByOthers }
    /// The permissions in octal, for messages.
    var mode: String { file.mode }

    /// Why somebody else could have written it; nil if only this user and root can.
    var distrust: String? {
        if file.isForeign { return "it belongs to another user" }
        return file.isWritableByOthers ? "its mode \(mode) lets others change it: chmod go-w it" : nil
    }

    /// Reads a file of at most 1 MiB; nil if it does not exist.
    init?(path: String) throws(ConfigurationError) {
        do throws(FileError) {
            file = try SmallFile(path: path, takesStreams: true)
        } catch {
            if error.code == .missing { return nil }
            throw ConfigurationError(.unreadable, error.description)
        }
    }

    /// The first line of a file that contains a secret.
    static func secret(path: String, origin: SettingOrigin) throws(ConfigurationError) -> String {
        guard let file = try PrivateFile(path: path) else {
            throw ConfigurationError(.unreadable, "The file \(path) does not exist.", at: origin)
        }
        guard !file.isExposed else {
            throw ConfigurationError(
                .exposedSecret,
                "\(path) contains a secret, and its mode \(file.mode) lets others read it: chmod 600 it.",
                at: origin
            )
        }
        guard let line = String(validating: file.bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self),
            !line.isEmpty
        else {
            throw ConfigurationError(.badValue, "The first line of \(path) should be a secret.", at: origin)
        }
        return line
    }
}
