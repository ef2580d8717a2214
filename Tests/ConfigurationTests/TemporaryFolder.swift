import Glibc
import Testing

@testable import Configuration

/// A folder for one test, removed with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/crm-voip-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for file in files { unlink(file) }
        for folder in folders.reversed() { rmdir(folder) }
        rmdir(path)
    }

    private var files: [String] = []
    private var folders: [String] = []

    /// Writes a file below the folder and returns its path.
    @discardableResult
    func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/\(part)"
            if mkdir(folder, 0o755) == 0 { folders.append(folder) }
        }
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        try #require(fchmod(descriptor, mode) == 0)
        files.append(file)
        return file
    }

    /// The settings from a file with this text, independent of the machine.
    func settings(_ toml: String, environment: [String: String] = [:]) throws(any Error) -> Settings {
        try Settings.load(named: write(toml, to: "crm-voip.toml"), environment: environment)
    }
}
