#!/bin/bash
# The virtual machine's process 1: runs one scenario, leaves its result in the share, and switches the machine off.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
. /run/share/settings
busybox ip link set lo up
hostname backstep-e2e
export DOTNET_ROOT="${dotnet%/*}" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_TieredPGO=0 DOTNET_gcServer=0
script=$scenario
export BACKSTEP_GYM="$gym/backstep-gym.dll"
export BACKSTEP_WEB="$web/wwwroot" BACKSTEP_WEB_TESTS="${tests%/*/*}/web-page/"
[ "$script" != bleak ] || script=bleak_client # a file of the library's name would be taken for it
/usr/bin/python3 -u "$tests/$script.py" "$dotnet" "$app/backstep.dll" >/run/share/report 2>/run/share/errors
echo $? >/run/share/result
sync
echo o >/proc/sysrq-trigger
sleep 5
echo b >/proc/sysrq-trigger
sleep 9
