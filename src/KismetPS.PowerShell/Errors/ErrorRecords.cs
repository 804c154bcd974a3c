using System.Management.Automation;
using KismetPS.Capture;

namespace KismetPS.PowerShell.Errors;

/// <summary>The one place where failures of the engine become error records: the id is the name in the catalogue.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(KismetException failure, object? target)
    {
        // The record keeps the cause inside the exception; what a user reads is the sentence and what to do about it.
        return new ErrorRecord(failure, failure.Id.ToString(), Category(failure.Id), target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.Advice ?? string.Empty },
        };
    }

    public static ErrorCategory Category(KismetErrorId id) => id switch
    {
        KismetErrorId.AddressInUse => ErrorCategory.ResourceBusy,
        KismetErrorId.AddressNotAvailable => ErrorCategory.ResourceUnavailable,
        KismetErrorId.PermissionDenied => ErrorCategory.PermissionDenied,
        KismetErrorId.HostNotFound or KismetErrorId.ConnectionRefused or KismetErrorId.NetworkFailure or KismetErrorId.ConnectionLost => ErrorCategory.ConnectionError,
        KismetErrorId.TlsFailure or KismetErrorId.AuthenticationFailed => ErrorCategory.AuthenticationError,
        KismetErrorId.ConnectionReset or KismetErrorId.ConnectionClosed or KismetErrorId.ConnectionDead or KismetErrorId.NotDelivered => ErrorCategory.ConnectionError,
        KismetErrorId.ReceiverStalled => ErrorCategory.OperationTimeout,
        KismetErrorId.CertificateExpired => ErrorCategory.AuthenticationError,
        KismetErrorId.DiskFull => ErrorCategory.WriteError,
        KismetErrorId.SpoolInUse => ErrorCategory.ResourceBusy,
        KismetErrorId.SpoolDamaged => ErrorCategory.InvalidData,
        KismetErrorId.RoleMissing => ErrorCategory.PermissionDenied,
        KismetErrorId.ServerRedirect or KismetErrorId.ServerFailure => ErrorCategory.ConnectionError,
        KismetErrorId.AnswerInvalid => ErrorCategory.InvalidData,
        KismetErrorId.ServerUnknown => ErrorCategory.ProtocolError,
        KismetErrorId.CommandRefused or KismetErrorId.SourceRefused => ErrorCategory.InvalidOperation,
        KismetErrorId.CommandNotSupported => ErrorCategory.NotImplemented,
        KismetErrorId.FileNotFound or KismetErrorId.InterfaceNotFound or KismetErrorId.SessionNotFound or KismetErrorId.DeviceNotFound or KismetErrorId.SourceNotFound => ErrorCategory.ObjectNotFound,
        KismetErrorId.FileExists or KismetErrorId.SessionNameInUse or KismetErrorId.SourceIdentifierInUse => ErrorCategory.ResourceExists,
        KismetErrorId.FileNotReadable => ErrorCategory.ReadError,
        KismetErrorId.FileNotWritable => ErrorCategory.WriteError,
        KismetErrorId.PcapLibraryMissing => ErrorCategory.NotInstalled,
        KismetErrorId.InterfaceNotCapable => ErrorCategory.DeviceError,
        KismetErrorId.FilterInvalid or KismetErrorId.ArgumentInvalid or KismetErrorId.PathNotFileSystem => ErrorCategory.InvalidArgument,
        KismetErrorId.Timeout or KismetErrorId.ConnectionTimeout => ErrorCategory.OperationTimeout,
        KismetErrorId.LimitExceeded => ErrorCategory.LimitsExceeded,
        KismetErrorId.InternalFailure => ErrorCategory.InvalidOperation,
        KismetErrorId.CaptureFormatUnknown or KismetErrorId.CaptureDamaged or KismetErrorId.FormatInvalid or KismetErrorId.RecordInvalid
            or KismetErrorId.TzspInvalid or KismetErrorId.FrameInvalid or KismetErrorId.SentenceInvalid => ErrorCategory.InvalidData,
        _ => ErrorCategory.NotSpecified,
    };
}
