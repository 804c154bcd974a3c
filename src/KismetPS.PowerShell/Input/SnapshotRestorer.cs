using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Input;

/// <summary>Makes a snapshot of an object that has lost its type but kept its properties. Such an object comes from outside: anything may be in it.</summary>
internal static class SnapshotRestorer
{
    /// <summary>Whether the object has what identifies a snapshot of the type.</summary>
    public static bool CanRestore(PSObject source, Type type)
    {
        if (type == typeof(KismetDevice))
        {
            return source.Properties[nameof(KismetDevice.MacAddress)]?.Value is { } address && MacAddress.TryParse(address.ToString(), CultureInfo.InvariantCulture, out _);
        }

        return source.TypeNames.Contains("Deserialized." + type.FullName);
    }

    /// <summary>Restores the properties that convert; the others stay unknown.</summary>
    public static object Restore(PSObject source, Type type)
    {
        object result = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || source.Properties[property.Name]?.Value is not { } value)
            {
                continue;
            }

            // An empty CSV cell is unknown, not zero and not an empty name.
            if (PSObject.AsPSObject(value).BaseObject is string { Length: 0 } && !property.IsDefined(typeof(RequiredMemberAttribute)))
            {
                continue;
            }

            if (Convert(value, property.PropertyType) is { } converted)
            {
                property.SetValue(result, converted);
            }
        }

        return result;
    }

    private static object? Convert(object value, Type type)
    {
        PSObject source = PSObject.AsPSObject(value);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object))
        {
            return Enumeration(source) ?? source.BaseObject;
        }

        if (type.IsInstanceOfType(source.BaseObject))
        {
            return source.BaseObject;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DetailList<>))
        {
            return List(source.BaseObject, type);
        }

        if (type == typeof(DateTimeOffset) && source.Properties[nameof(DateTimeOffset.UtcTicks)]?.Value is long ticks)
        {
            return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }

        if (type.IsClass && type != typeof(string) && type.Assembly != typeof(object).Assembly)
        {
            return source.BaseObject is not string text ? Restore(source, type)
                : type == typeof(KismetSecurity) ? new KismetSecurity { Text = text }
                : null;
        }

        // PowerShell takes any text for true.
        if (type == typeof(bool) && source.BaseObject is string word)
        {
            return bool.TryParse(word, out bool flag) ? flag : null;
        }

        return LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object converted) ? converted : null;
    }

    // Of an enumeration there is the number and the name of its type.
    private static object? Enumeration(PSObject source)
    {
        const string Deserialized = "Deserialized.";
        string name = source.TypeNames.FirstOrDefault() ?? string.Empty;
        if (!name.StartsWith(Deserialized, StringComparison.Ordinal))
        {
            return null;
        }

        name = name[Deserialized.Length..];
        return (typeof(MacAddress).Assembly.GetType(name) ?? typeof(KismetDevice).Assembly.GetType(name)) is { IsEnum: true } type
            && LanguagePrimitives.TryConvertTo(source.BaseObject, type, CultureInfo.InvariantCulture, out object value)
            ? value
            : null;
    }

    private static object? List(object value, Type type)
    {
        Type item = type.GetGenericArguments()[0];
        IEnumerable source = value switch
        {
            string { Length: 0 } => Array.Empty<object>(),
            string text => text.Split("; "),
            IEnumerable items => items,
            _ => new[] { value },
        };
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach (object element in source)
        {
            if (element is not null && Convert(element, item) is { } converted)
            {
                list.Add(converted);
            }
        }

        return Activator.CreateInstance(type, list);
    }
}
