import Base
import Glibc

extension EmbeddedServer {
    /// Makes the cluster beside its place and moves it there when all is done, so that a run that was interrupted
    /// leaves nothing that looks like one.
    func makeCluster(_ package: ServerPackage) async throws {
        let place = folder.unfinishedCluster
        for name in FileSystem.names(in: folder.path) where name.hasPrefix(DataFolder.unfinishedPrefix) {
            // The initdb of a killed command may still be writing there; what is left is removed the next time.
            try? await remove("\(folder.path)/\(name)")
        }
        try removeEmptyCluster()
        var result = try await initdb(package, locale: "C.UTF-8")
        if !result.isSuccess {
            // Not every system has C.UTF-8.
            try await remove(place)
            result = try await initdb(package, locale: "C")
        }
        guard result.isSuccess else {
            try await remove(place)
            throw WarehouseError(.start, "No database could be made in \(folder.path): \(result.output.reason)")
        }
        let settings = FileSystem.read("\(place)/postgresql.conf") ?? ""
        try await write("\(settings)\ninclude 'crm-voip.conf'\n", to: "\(place)/postgresql.conf")
        try await write("", to: "\(place)/crm-voip.conf")
        // Before every start the logins are written anew; until then the socket's folder lets nobody in but the server's user.
        try await write(Self.trustingLogins, to: "\(place)/pg_hba.conf")
        let single = ["--single", "-D", place, "-c", "exit_on_error=on", "postgres"]
        let created = try await ServerProgram("\(package.bin)/postgres", single, as: user)
            .run(input: "CREATE DATABASE \(Self.role) OWNER \(Self.role);\n")
        guard created.isSuccess else {
            throw WarehouseError(.start, "No database could be made in \(folder.path): \(created.output.reason)")
        }
        do throws(FileError) { try Folder.rename(place, to: "postgresql") } catch { throw WarehouseError(error) }
    }

    /// Replaces a file of the cluster in one step. Root does nothing itself in a folder that is another's.
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

    /// A cluster without PG_VERSION is none; an empty folder may be left by hand, anything else is not ours to remove.
    private func removeEmptyCluster() throws(WarehouseError) {
        guard FileSystem.exists(folder.cluster) else { return }
        if (try? Folder.remove(folder.cluster, isFolder: true)) != nil { return }
        throw WarehouseError(
            .folder,
            "\(folder.cluster) exists, but is not a database of PostgreSQL. Move it away and try again."
        )
    }
}

extension String {
    /// The line in which a program of PostgreSQL says what is wrong.
    fileprivate var reason: String {
        let lines = split(whereSeparator: \.isNewline)
        let marked = lines.first { $0.contains("error:") || $0.contains("FATAL:") }
        return marked.map { String($0) } ?? lastLine
    }
}
