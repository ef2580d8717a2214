import Base
import Glibc

extension EmbeddedServer {
    /// Creates the cluster beside its final place and moves it there once it is complete, so that an interrupted run
    /// leaves nothing that looks like a cluster.
    func makeCluster(_ package: ServerPackage) async throws {
        let place = folder.unfinishedCluster
        for name in FileSystem.names(in: folder.path) where name.hasPrefix(DataFolder.unfinishedPrefix) {
            // The initdb of a killed command may still be writing there; any remains are removed the next time.
            try? await remove("\(folder.path)/\(name)")
        }
        try removeEmptyCluster()
        var result = try await initdb(package, locale: "C.UTF-8")
        if !result.isSuccess {
            // C.UTF-8 is not available on every system.
            try await remove(place)
            result = try await initdb(package, locale: "C")
        }
        guard result.isSuccess else {
            try await remove(place)
            throw WarehouseError(.start, "No database could be created in \(folder.path): \(result.output.reason)")
        }
        let settings = FileSystem.read("\(place)/postgresql.conf") ?? ""
        try await write("\(settings)\ninclude 'crm-voip.conf'\n", to: "\(place)/postgresql.conf")
        try await write("", to: "\(place)/crm-voip.conf")
        // Before every start the logins are written again; until then the socket's folder admits only the server's
        // user.
        try await write(Self.trustingLogins, to: "\(place)/pg_hba.conf")
        let single = ["--single", "-D", place, "-c", "exit_on_error=on", "postgres"]
        let created = try await ServerProgram("\(package.bin)/postgres", single, as: user)
            .run(input: "CREATE DATABASE \(Self.role) OWNER \(Self.role);\n")
        guard created.isSuccess else {
            throw WarehouseError(.start, "No database could be created in \(folder.path): \(created.output.reason)")
        }
        do throws(FileError) { try Folder.rename(place, to: "postgresql") } catch { throw WarehouseError(error) }
    }

    /// Replaces a file of the cluster in one step. Root never works in another user's folder itself.
    func write(_ content: String, to path: String) async throws {
        let script = #"umask 077 && cat > "$1.new" && mv -f "$1.new" "$1""#
        let result = try await ServerProgram("/bin/sh", ["-c", script, "sh", path], as: user).run(input: content)
        guard result.isSuccess else { throw WarehouseError(.folder, "Cannot write \(path): \(result.output.lastLine)") }
    }

    private func remove(_ path: String) async throws {
        let result = try await ServerProgram("/bin/rm", ["-rf", path], as: user).run()
        guard result.isSuccess else {
            throw WarehouseError(.folder, "Cannot remove \(path): \(result.output.lastLine)")
        }
    }

    private func initdb(_ package: ServerPackage, locale: String) async throws -> ServerProgram.Result {
        let arguments = [
            "-D", folder.unfinishedCluster, "-U", Self.role, "-E", "UTF8", "--locale=\(locale)", "-A", "trust",
            "--data-checksums",
        ]
        return try await ServerProgram("\(package.bin)/initdb", arguments, as: user).run()
    }

    /// A folder without PG_VERSION is not a cluster. An empty one may have been created by hand; anything else is not
    /// ours to remove.
    private func removeEmptyCluster() throws(WarehouseError) {
        guard FileSystem.exists(folder.cluster) else { return }
        if (try? Folder.remove(folder.cluster, isFolder: true)) != nil { return }
        throw WarehouseError(
            .folder,
            "\(folder.cluster) exists, but is not a PostgreSQL database. Move it away and try again."
        )
    }
}

extension String {
    /// The line in which a PostgreSQL program says what is wrong.
    fileprivate var reason: String {
        let lines = split(whereSeparator: \.isNewline)
        let marked = lines.first { $0.contains("error:") || $0.contains("FATAL:") }
        return marked.map { String($0) } ?? lastLine
    }
}
