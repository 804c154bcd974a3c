using System.Management.Automation;

namespace KismetPS.PowerShell.Input;

/// <summary>
/// Gives snapshots their type back that have been through Clixml or a remote session, and makes devices of CSV rows. Registered for the
/// types in KismetPS.Types.ps1xml, so that Import-Clixml and parameters use it by themselves.
/// </summary>
public sealed class SnapshotConverter : PSTypeConverter
{
    /// <summary>Whether the source has the properties that make one of these.</summary>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is PSObject source && SnapshotRestorer.CanRestore(source, destinationType);

    /// <summary>Makes the snapshot; what does not convert stays unknown.</summary>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        SnapshotRestorer.Restore((PSObject)sourceValue, destinationType);

    /// <summary>Never: PowerShell's own conversions do.</summary>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <summary>Never called.</summary>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new NotSupportedException();
}
