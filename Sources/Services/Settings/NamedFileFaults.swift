import Configuration
import Glibc

/// The faults in the files that a key names: missing, unreadable, or no match for a pattern.
struct NamedFileFaults {
    /// Faults that keep a command from reading these files, one sentence each.
    private(set) var errors: [String] = []
    /// Patterns without a match, if others have one.
    private(set) var warnings: [String] = []
    private let place: String

    init(_ files: NamedFiles) {
        place = "\(files.origin): \(files.key): "
        var unmatched: [String] = []
        var found = 0
        for path in files.paths {
            let matches = PlanBuilder.expand([path])
            if matches.isEmpty { unmatched.append(path) }
            found += matches.count
            for match in matches { check(match) }
        }
        for pattern in unmatched {
            let sentence = place + "No file matches \(pattern)."
            if found == 0 { errors.append(sentence) } else { warnings.append(sentence) }
        }
    }

    private mutating func check(_ path: String) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            return errors.append(place + "\(path) is a folder, not a file.")
        }
        guard access(path, R_OK) != 0 else { return }
        switch errno {
        case ENOENT, ENOTDIR: errors.append(place + "The file \(path) does not exist.")
        case EACCES: errors.append(place + "\(Self.user) may not read \(path).\(Self.remedy(path))")
        default: errors.append(place + "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
    }

    /// `The user crm-voip`.
    private static var user: String {
        "The user " + (getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())")
    }

    /// The group that may read the file, if any.
    private static func remedy(_ path: String) -> String {
        var status = stat()
        // If a parent folder cannot be entered, the file's group is unknown.
        guard stat(path, &status) == 0, status.st_mode & S_IRGRP != 0, let group = getgrgid(status.st_gid) else {
            return " Its owner or root can allow it."
        }
        return " Its group may: add the user to the group \(String(cString: group.pointee.gr_name))."
    }
}
