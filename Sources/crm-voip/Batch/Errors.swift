import CallRecords
import Extract
import Load
import Pipeline
import Postgres
import Reporting
import Services
import Transform
import Warehouse

/// Which status the program ends with when a batch command fails.

extension ExtractError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch code {
        case .noInput: .noInput
        case .unknownZone: .configuration
        case .unavailable, .notPermitted: .unavailable
        case .interrupted: .tryAgainLater
        default: .badData
        }
    }
}

extension RunError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        if case .locked = self { .locked } else { .failed }
    }
}

extension PostgresError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch code {
        case .connection: .unavailable
        case .connectionLost: .tryAgainLater
        default: .failed
        }
    }
}

extension WarehouseError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch code {
        case .locked, .inUse: .tryAgainLater
        case .migration, .check: .failed
        default: .unavailable
        }
    }
}

extension NumberPlanError: ExitStatusProviding {
    var exitStatus: ExitStatus { .configuration }
}

extension InvalidExtensionPattern: ExitStatusProviding {
    var exitStatus: ExitStatus { .configuration }
}

extension LoadContactsError: ExitStatusProviding {
    var exitStatus: ExitStatus { .badData }
}

extension ReportError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch code {
        case .unknownReport, .parameter, .window, .timeZone: .usage
        case .definition: .configuration
        case .file: .noInput
        case .database: underlying?.exitStatus ?? .failed
        default: .failed
        }
    }
}

extension ServiceError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch category {
        case .usage: .usage
        case .badData: .badData
        case .noInput: .noInput
        case .locked: .locked
        case .unavailable: .unavailable
        case .tryAgainLater: .tryAgainLater
        case .notPermitted: .notPermitted
        case .configuration: .configuration
        case .failed: .failed
        }
    }
}
