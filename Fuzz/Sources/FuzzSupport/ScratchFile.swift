import Glibc

/// A file in memory for readers that take a path: each input overwrites the previous one.
public struct ScratchFile: Sendable {
    /// Its path.
    public let path: String

    /// A file below /dev/shm that belongs to this process.
    public init(_ name: String) { path = "/dev/shm/crm-voip-fuzz-\(getpid())-\(name)" }

    /// Replaces the content.
    public func write(_ bytes: UnsafeRawBufferPointer) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            guard written > 0 else { return }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }
}
