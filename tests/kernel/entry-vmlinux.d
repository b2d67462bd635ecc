/*
 * Variables of vmlinux that lines know by what their functions were called with alone: as the functions' entry probes have them.
 * @run: -c 'sh -c "for i in 1 2; do cat /etc/passwd /proc/self/stat | cat | cat >/dev/null; done"'
 */
#pragma D option quiet
fbt::ksys_read:entry, fbt::ksys_write:entry /progenyof($target)/ { self->fd = arg0 + 1; }
line::ksys_read@*, line::ksys_write@*
/self->fd/
{
	@n["fd"] = count();
	@wrong["fd"] = sum((int)$fd != (int)(self->fd - 1));
}
fbt::ksys_read:return, fbt::ksys_write:return { self->fd = 0; }

fbt::do_filp_open:entry /progenyof($target)/ { self->path = arg1; }
line::do_filp_open@*
/self->path/
{
	@n["pathname"] = count();
	@wrong["pathname"] = sum((uintptr_t)$pathname != self->path);
}
fbt::do_filp_open:return { self->path = 0; }

fbt::pipe_read:entry, fbt::pipe_write:entry /progenyof($target)/ { self->iocb = arg0; }
line::pipe_read@*, line::pipe_write@*
/self->iocb/
{
	@n["iocb"] = count();
	@wrong["iocb"] = sum((uintptr_t)$iocb != self->iocb);
}
fbt::pipe_read:return, fbt::pipe_write:return { self->iocb = 0; }

fbt::unmap_page_range:entry /progenyof($target)/ { self->vma = arg1; }
line::unmap_page_range@*
/self->vma/
{
	@n["vma"] = count();
	@wrong["vma"] = sum((uintptr_t)$vma != self->vma);
}
fbt::unmap_page_range:return { self->vma = 0; }

fbt::kernel_clone:entry /progenyof($target)/ { self->args = arg0; }
line::kernel_clone@*
/self->args/
{
	@n["args"] = count();
	@wrong["args"] = sum((uintptr_t)$args != self->args);
}
fbt::kernel_clone:return { self->args = 0; }

END
{
	printa("%s %@u wrong of %@u\n", @wrong, @n);
}
