#!/usr/bin/env bash
# Two ends of a real Bluetooth link in a virtual machine: see README.md.
# Usage: run.sh [walk|strangers|mount|bleak|gym|web]... [--times N] [--again]
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
work="$top/artifacts/bluetooth-e2e"
packages="qemu-system-x86 bluez bluez-test-tools busybox-static cpio kmod dbus python3-dbus python3-gi python3-bleak"
limit=${BACKSTEP_E2E_SECONDS:-} # a whole run; by default 180, ten connects in a row and a gym 420, a browser 900
times=1
again=0 # how often a red one is run once more
scenarios=()

skip() {
  echo "skipped: $1"
  exit 0
}

while [ $# -gt 0 ]; do
  case $1 in
    --times) times=$2; shift 2 ;;
    --again) again=1; shift ;;
    walk | strangers | mount | bleak | gym | web) scenarios+=("$1"); shift ;;
    *) echo "usage: run.sh [walk|strangers|mount|bleak|gym|web]... [--times N] [--again]" >&2; exit 2 ;;
  esac
done
[ ${#scenarios[@]} -gt 0 ] || scenarios=(walk strangers mount bleak gym) # web: seven minutes, when it is asked for

[ "$(uname -sm)" = "Linux x86_64" ] || skip "the virtual machine needs Linux on x86-64"
command -v dotnet >/dev/null || skip "the .NET SDK is not here"
mkdir -p "$work"

# shellcheck disable=SC2086
have() {
  command -v qemu-system-x86_64 btvirt busybox cpio modprobe dbus-daemon >/dev/null &&
    [ -x /usr/libexec/bluetooth/bluetoothd ] && /usr/bin/python3 -c 'import dbus, gi, bleak' 2>/dev/null
}
if ! have; then
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || skip "needs apt install $packages"
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages >/dev/null 2>&1 ||
    { apt-get update &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } >/dev/null 2>&1 ||
    skip "cannot install $packages"
  have || skip "btvirt, bluetoothd, qemu, busybox, python3-dbus or python3-bleak is not in these packages here"
fi

# A kernel with virtual controllers (hci_vhci), unpacked beside the build, never installed.
kernel=$(ls "$work"/kernel/boot/vmlinuz-* 2>/dev/null | head -1)
if [ -z "$kernel" ]; then
  package=$(apt-cache depends linux-image-amd64 2>/dev/null |
    sed -nE 's/^ *Depends: (linux-image-[0-9].*)/\1/p' | head -1)
  [ -n "$package" ] || skip "no package of a Linux kernel is known here"
  (cd "$work" && apt-get download "$package" &&
    dpkg -x linux-image-*.deb kernel && rm -f linux-image-*.deb) >"$work/kernel.log" 2>&1 ||
    skip "the kernel $package cannot be had"
  kernel=$(ls "$work"/kernel/boot/vmlinuz-* | head -1)
fi

# A first file system: busybox, and the modules that reach this machine's own files and make Bluetooth.
if [ ! -f "$work/initrd.gz" ] || [ "$here/guest/init" -nt "$work/initrd.gz" ]; then
  version=$(basename "$work"/kernel/lib/modules/*)
  root=$(mktemp -d)
  mkdir -p "$root"/{bin,proc,sys,dev,ro,rw,new,lib/modules}
  cp "$(command -v busybox)" "$root/bin/busybox"
  cp "$here/guest/init" "$root/init"
  chmod +x "$root/init"
  depmod -b "$work/kernel" "$version" 2>/dev/null
  # The ciphers come before what uses them: ecdh and bluetooth test themselves as they are loaded.
  for module in virtio_pci 9pnet_virtio 9p overlay sha512_generic sha256 hmac ctr drbg ecdh_generic \
    cmac ecb ccm algif_hash algif_skcipher aes_generic bluetooth hci_vhci uhid virtio_rng; do
    modprobe -d "$work/kernel" -S "$version" --show-depends "$module" 2>/dev/null | awk '$1 == "insmod" {print $2}'
  done | awk '!seen[$0]++' >"$root/order"
  while read -r file; do
    cp "$file" "$root/lib/modules/"
    basename "$file"
  done <"$root/order" >"$root/modules"
  (cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$work/initrd.gz"
  rm -rf "$root"
fi

# Compiled ahead of time where the compiler for that can be had: in the emulated machine, which compiles at a tenth of
# the speed, each start of the program takes ten seconds less. The test is the same without.
app=${BACKSTEP_E2E_APP:-"$work/app"}
gym="$work/gym"
web="$work/web"
publish() {
  local project=$1 to=$2
  shift 2
  rm -rf "$to"
  dotnet publish "$top/companion-app/$project" -c Release -o "$to" "$@" >"$work/publish.log" 2>&1
}
ahead() {
  publish "$1" "$2" --no-self-contained -r linux-x64 -p:PublishReadyToRun=true ||
    publish "$1" "$2" --no-self-contained ||
    { tail -n 20 "$work/publish.log"; exit 1; }
}
[ -n "${BACKSTEP_E2E_APP:-}" ] || ahead Companion "$app"
case " ${scenarios[*]} " in *" gym "*) ahead Gym "$gym" ;; esac
case " ${scenarios[*]} " in *" web "*)
  for tool in node npm chromium; do command -v "$tool" >/dev/null || skip "the scenario web needs $tool"; done
  publish Web "$web" || { tail -n 20 "$work/publish.log"; exit 1; }
  [ -d "$top/tests/web-page/node_modules" ] || npm ci --ignore-scripts --prefix "$top/tests/web-page" >/dev/null 2>&1
  ;;
esac

# One run of one scenario. The machine's root is this one's, read only, with a layer of memory above; "share" is the
# only place that it writes to.
boot() {
  local scenario=$1 share="$work/share-$1" start=$SECONDS limit=$limit translated=256
  if [ -z "$limit" ]; then
    case $scenario in bleak | gym) limit=420 ;; web) limit=900 ;; *) limit=180 ;; esac
  fi
  [ "$scenario" != web ] || translated=1024 # MiB of translated code: a browser is large
  rm -rf "$share"
  mkdir -p "$share"
  printf 'app=%q\ngym=%q\nweb=%q\ntests=%q\nscenario=%q\ndotnet=%q\n' "$app" "$gym" "$web" "$here/guest" "$scenario" \
    "$(readlink -f "$(command -v dotnet)")" >"$share/settings"
  cp "$here/guest/boot.sh" "$share/"
  timeout "$limit" qemu-system-x86_64 -M q35 -accel tcg,thread=multi,tb-size=$translated \
    -cpu max -smp 2 -m 2048 -nodefaults -no-user-config -no-reboot \
    -display none -serial "file:$share/console.log" -kernel "$kernel" -initrd "$work/initrd.gz" \
    -append "console=ttyS0 quiet panic=-1 mitigations=off tsc=unstable" -device virtio-rng-pci \
    -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap \
    -device virtio-9p-pci,fsdev=root,mount_tag=hostroot \
    -fsdev "local,id=share,path=$share,security_model=none,multidevs=remap" \
    -device virtio-9p-pci,fsdev=share,mount_tag=share 2>"$share/qemu.log"
  local took=$((SECONDS - start))
  cat "$share/report" 2>/dev/null
  if [ "$(cat "$share/result" 2>/dev/null)" = 0 ]; then
    echo "$scenario: green in $took s"
  else
    echo "$scenario: RED after $took s (a run may take $limit s); all that was said is in $share"
    tail -n 5 "$share/console.log" 2>/dev/null
    return 1
  fi
}

good=0
bad=0
for ((i = 1; i <= times; i++)); do
  for scenario in "${scenarios[@]}"; do
    if boot "$scenario"; then
      good=$((good + 1))
    elif [ "$again" -eq 1 ] && echo "$scenario: once more" && boot "$scenario"; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
    fi
  done
done
echo "  succeeded: $good"
echo "  failed: $bad"
[ "$bad" -eq 0 ]
