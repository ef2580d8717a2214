import Glibc

/// Notifies systemd about the state of a service of `Type=notify` (sd_notify(3)). Does nothing without systemd.
enum SystemdNotifier {
    /// Sends a state such as `READY=1` to the socket that systemd names.
    static func send(_ state: String) {
        guard let name = ProcessEnvironment.current["NOTIFY_SOCKET"], let first = name.utf8.first else { return }
        // `@` stands for the leading NUL of a name in the abstract namespace.
        let path = first == UInt8(ascii: "@") ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.count < room else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let bytes = Array(state.utf8)
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                // If systemd does not listen, there is nobody to notify.
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, size)
            }
        }
    }
}
